# A login to a server that is not there: nothing listens on port 1.
$nowhere = @{
    Server     = '127.0.0.1'
    Port       = 1
    Database   = 'shop'
    Credential = [pscredential]::new('someone', (ConvertTo-SecureString 'Pester-Secret-1' -AsPlainText -Force))
}

# A plan that covers one table.
$plan = Join-Path $TestDrive 'plan.json'
@{
    schema     = 'pgsecurity/masking-plan/1'
    approvedBy = 'dpo@contoso.com'
    columns    = @(
        @{ schema = 'public'; table = 'customer'; column = 'id'; sensitive = $false }
        @{ schema = 'public'; table = 'customer'; column = 'email'; sensitive = $true; rule = 'MASKED WITH VALUE NULL' }
    )
} | ConvertTo-Json -Depth 4 | Set-Content $plan
