BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Test-PgClientTrust' {
    It 'looks at the store of the machine' {
        (Test-PgClientTrust).Source | Should -Contain 'SystemStore'
    }

    It 'fails a file without certificates' {
        Set-Content TestDrive:\empty.pem 'nothing'
        $report = Get-Item TestDrive:\empty.pem | Test-PgClientTrust
        $report.Outcome | Should -Be 'Fail'
        $report.Failed | Should -Be 'Readable'
    }

    It 'fails a file of the variable that is not there' {
        $before = $env:PGSSLROOTCERT
        try {
            $env:PGSSLROOTCERT = Join-Path $TestDrive 'none.crt'
            (Test-PgClientTrust | Where-Object Source -EQ PGSSLROOTCERT).Outcome | Should -Be 'Fail'
        }
        finally { $env:PGSSLROOTCERT = $before }
    }
}
