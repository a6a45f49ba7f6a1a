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
}
