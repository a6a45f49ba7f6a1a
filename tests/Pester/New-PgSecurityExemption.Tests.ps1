BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'New-PgSecurityExemption' {
    It 'sets findings aside, which are then reported as exempt' {
        $file = Join-Path $TestDrive 'exemptions.json'
        New-ServerJson one | Get-PgSecurityFinding -Control NET-001 |
            New-PgSecurityExemption $file -Name one -Reason 'Because.' -Owner me@contoso.com -ExpiresOn (Get-Date).AddDays(90)
        (New-ServerJson one | Get-PgSecurityFinding -Control NET-001 -Exemption $file).Outcome | Should -Be 'Exempt'
    }

    It 'says from when each holds' {
        $file = Join-Path $TestDrive 'dated.json'
        $made = New-PgSecurityExemption $file -Name one -Scope '*' -Control NET-001 -Reason 'Because.' -Owner me@contoso.com -ExpiresOn (Get-Date).AddDays(90)
        $made.CreatedOn | Should -BeGreaterThan ([datetimeoffset]::UtcNow.AddMinutes(-5))
        (Get-Content $file -Raw | ConvertFrom-Json)[0].createdOn | Should -Not -BeNullOrEmpty
    }

    It 'makes a file that an audit can read where Azure Policy exempts nothing' {
        $null = Connect-PgSecurity -Sandbox
        try {
            $file = Join-Path $TestDrive 'azure.json'
            New-PgSecurityExemption $file -AzurePolicy | Should -BeNullOrEmpty
            Get-PgSecurityFinding -ServerName psql-basket-prod -Exemption $file | Should -Not -BeNullOrEmpty
        }
        finally { Disconnect-PgSecurity }
    }
}
