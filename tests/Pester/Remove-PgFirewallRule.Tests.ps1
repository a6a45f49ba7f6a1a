BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Remove-PgFirewallRule' {
    It 'removes rules, which can be undone' {
        $gone = $server | Remove-PgFirewallRule -Name AllowAllAzure* -AllowConnectivityLoss -JournalPath $TestDrive -PassThru
        $gone.Status | Should -Be 'Changed'
        ($gone | Undo-PgSecurityChange -JournalPath $TestDrive).Status | Should -Be 'Changed'
    }
}
