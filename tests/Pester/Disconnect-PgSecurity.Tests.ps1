BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Disconnect-PgSecurity' {
    It 'leaves no connection' {
        Connect-PgSecurity -Sandbox | Out-Null
        Disconnect-PgSecurity
        Get-PgSecurityContext | Should -BeNullOrEmpty
    }
}
