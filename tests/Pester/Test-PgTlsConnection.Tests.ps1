BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Test-PgTlsConnection' {
    It 'reports a host that cannot be reached, and passes nothing' {
        $report = Test-PgTlsConnection no-such-host.invalid -TimeoutSeconds 2
        $report.State | Should -Be 'Unreachable'
        $report.Outcome | Should -Be 'Unknown'
        $report.Checks.Outcome | Should -Not -Contain 'Pass'
    }

    It 'asks each host of the pipeline, in order' {
        $reports = 'a.invalid', 'b.invalid' | Test-PgTlsConnection -TimeoutSeconds 2
        $reports.HostName | Should -Be 'a.invalid', 'b.invalid'
    }

    It 'needs a host name in a server' {
        New-ServerJson one | Test-PgTlsConnection -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^HostNameUnknown'
    }

    It 'shows a table' {
        Test-PgTlsConnection no-such-host.invalid | Out-String | Should -Match 'no-such-host.invalid:5432\s+Unreachable\s+Unknown'
    }
}
