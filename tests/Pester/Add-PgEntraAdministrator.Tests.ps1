BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Add-PgEntraAdministrator' {
    It 'adds a group' {
        $server | Set-PgAuthentication -Entra Enabled -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b -JournalPath $TestDrive
        ($server | Add-PgEntraAdministrator -ObjectId 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d -Name grp-payments-dba -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b -JournalPath $TestDrive -PassThru).Status | Should -Be 'Changed'
    }
}
