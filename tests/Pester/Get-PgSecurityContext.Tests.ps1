BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Get-PgSecurityContext' {
    AfterEach { Disconnect-PgSecurity }

    It 'shows the connection' {
        Connect-PgSecurity -Sandbox | Out-Null
        (Get-PgSecurityContext).IsSandbox | Should -BeTrue
    }

    It 'shows nothing, and connects to nothing, where there is none' {
        Get-PgSecurityContext | Should -BeNullOrEmpty
    }
}
