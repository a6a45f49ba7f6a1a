BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Test-PgSecurityPermission' {
    BeforeAll { Connect-PgSecurity -Sandbox | Out-Null }
    AfterAll { Disconnect-PgSecurity }

    It 'names the action that a control needs' {
        $checks = Test-PgSecurityPermission -Control NET-* -Scope 2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f
        $checks.Action | Should -Contain 'Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/read'
        $checks.IsAllowed | Should -Not -Contain $false
    }
}
