BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Measure-PgSecurity' {
    It 'scores estate, sections and servers' {
        (Measure-PgSecurity -Sample).Level | Sort-Object -Unique | Should -Be 'Estate', 'Section', 'Server'
    }

    It 'gives the same of servers and of their findings' {
        $direct = Measure-PgSecurity -Sample -By Estate
        $piped = Get-PgSecurityFinding -Sample -IncludePassed -IncludeNotApplicable | Measure-PgSecurity -By Estate
        $piped.Score | Should -Be $direct.Score
        $piped.Unknown | Should -Be $direct.Unknown
    }

    It 'refuses findings without what passed' {
        $score = Get-PgSecurityFinding -Sample | Measure-PgSecurity -ErrorAction SilentlyContinue -ErrorVariable refused
        $score | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^ScoreNeedsPassed'
    }

    It 'counts what is unknown apart' {
        foreach ($score in Measure-PgSecurity -Sample -By Server | Where-Object Unknown -GT 0) {
            $score.LowestScore | Should -BeLessOrEqual $score.HighestScore
        }
    }

    Context 'over stored runs' {
        BeforeAll {
            $runs = New-Item -ItemType Directory (Join-Path $TestDrive 'runs')
            $first = Join-Path $runs '1.json'
            $second = Join-Path $runs '2.json'
            New-ServerJson one Disabled | Set-Content $first
            New-ServerJson one Enabled | Set-Content $second
            (Get-Item $first).LastWriteTime = (Get-Date).AddDays(-2)
            (Get-Item $second).LastWriteTime = (Get-Date).AddDays(-1)
        }

        It 'gives a run a file in the order of their times, with what the score moved by' {
            $history = Measure-PgSecurity -History $runs.FullName
            $history.Count | Should -Be 2
            (Split-Path $history[0].Run -Leaf) | Should -Be '1.json'
            $history[0].Change | Should -BeNullOrEmpty
            $history[1].Change | Should -BeLessThan 0
            $history.Basis | Sort-Object -Unique | Should -Be 'Snapshot'
            $history[0].Bar.Length | Should -Be 20
        }

        It 'takes the score that a report had, and says that it mixes the two' {
            $report = Join-Path $TestDrive 'report.json'
            $null = Get-PgSecurityFinding $first -IncludePassed -IncludeNotApplicable | Export-PgSecurityReport $report -Format Json
            $history = Measure-PgSecurity -History $first, $report -WarningVariable warned -WarningAction SilentlyContinue
            $history.Basis | Should -Be 'Snapshot', 'Report'
            $history[1].Score | Should -Be $history[0].Score
            $warned.Count | Should -Be 1
        }

        It 'leaves out a run that cannot be read' {
            $broken = Join-Path $TestDrive 'broken.json'
            '{ "schema": "pgsecurity/report/1" }' | Set-Content $broken
            $history = Measure-PgSecurity -History $first, $broken -ErrorAction SilentlyContinue -ErrorVariable unread -WarningAction SilentlyContinue
            @($history).Count | Should -Be 1
            $unread[0].FullyQualifiedErrorId | Should -Match '^InputUnreadable'
        }

        It 'is shown with its bar' {
            Measure-PgSecurity -History $runs.FullName | Out-String | Should -Match '#+\.*'
        }
    }
}
