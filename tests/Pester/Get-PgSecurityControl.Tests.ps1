BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Get-PgSecurityControl' {
    It 'shows every control with what an administrator needs' {
        foreach ($control in Get-PgSecurityControl) {
            $control.ControlId | Should -Match '^[A-Z]{3}-\d{3}$'
            $control.Title, $control.Rationale, $control.Recommendation, $control.Section | Should -Not -BeNullOrEmpty
            Test-Path -LiteralPath $control.Path | Should -BeTrue
        }
    }

    It 'selects as Get-PgSecurityFinding does' {
        (Get-PgSecurityControl LOG-00?).ControlId | Should -BeLike 'LOG-00*'
        (Get-PgSecurityControl -Section Logging).Section | Sort-Object -Unique | Should -Be 'Logging'
        (Get-PgSecurityControl -Severity High).Severity | Sort-Object -Unique | Should -Be 'High'
    }

    It 'shows the controls of findings, each once' {
        $ids = (Get-PgSecurityFinding -Sample -Section Logging | Get-PgSecurityControl).ControlId
        $ids | Should -Not -BeNullOrEmpty
        @($ids | Sort-Object -Unique).Count | Should -Be @($ids).Count
    }

    It 'names what is near where there is no such control' {
        Get-PgSecurityControl LOG-0001 -ErrorAction SilentlyContinue -ErrorVariable unknown | Should -BeNullOrEmpty
        $unknown[0].FullyQualifiedErrorId | Should -Match '^ControlNotFound'
        $unknown[0].ToString() | Should -Match 'LOG-001'
    }
}
