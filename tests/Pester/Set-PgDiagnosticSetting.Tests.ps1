BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgDiagnosticSetting' {
    It 'sends the logs to a workspace' {
        ($server | Set-PgDiagnosticSetting -WorkspaceId /subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-monitoring-prod/providers/Microsoft.OperationalInsights/workspaces/log-contoso-security -JournalPath $TestDrive -PassThru).Status | Should -Be 'Changed'
    }
}
