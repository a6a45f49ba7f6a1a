BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgAuthentication' {
    It 'turns Entra on' {
        ($server | Set-PgAuthentication -Entra Enabled -TenantId 6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b -JournalPath $TestDrive -PassThru).Status | Should -Be 'Changed'
    }
}
