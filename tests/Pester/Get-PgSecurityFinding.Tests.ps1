BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Get-PgSecurityFinding' {
    It 'writes findings that fail, are unknown or exempt, and no others' {
        $outcomes = Get-PgSecurityFinding -Sample | ForEach-Object Outcome | Sort-Object -Unique
        $outcomes | Should -Not -BeNullOrEmpty
        $outcomes | Where-Object { $_ -notin 'Fail', 'Unknown', 'Exempt' } | Should -BeNullOrEmpty
    }

    It 'adds what passed and what does not apply when asked' {
        $findings = Get-PgSecurityFinding -Sample -IncludePassed -IncludeNotApplicable
        @($findings | Where-Object Outcome -EQ Pass).Count | Should -BeGreaterThan 0
        @($findings | Where-Object Outcome -EQ NotApplicable).Count | Should -BeGreaterThan 0
    }

    It 'reads <Kind>' -ForEach @(
        @{ Kind = 'a path'; Reading = { $path } }
        @{ Kind = 'a file'; Reading = { Get-Item $path } }
        @{ Kind = 'a text'; Reading = { Get-Content $path -Raw } }
        @{ Kind = 'lines'; Reading = { Get-Content $path } }
        @{ Kind = 'objects'; Reading = { Get-Content $path -Raw | ConvertFrom-Json } }
    ) {
        $path = Join-Path $TestDrive 'servers.json'
        Set-Content $path "[$(New-ServerJson one),`n$(New-ServerJson two)]"
        (& $Reading | Get-PgSecurityFinding -Summary).ServerName | Should -Be 'one', 'two'
    }

    It 'takes one broken line as one error' {
        $path = Join-Path $TestDrive 'broken.ndjson'
        Set-Content $path (New-ServerJson one), '{ "broken": ', (New-ServerJson two)
        $summary = Get-PgSecurityFinding $path -Summary -ErrorAction SilentlyContinue -ErrorVariable broken
        $summary.ServerName | Should -Be 'one', 'two'
        @($broken).Count | Should -Be 1
        $broken[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'never reads what is not there as passed' {
        $findings = New-ServerJson alone | Get-PgSecurityFinding -Section Logging -IncludePassed
        $findings | Where-Object Outcome -EQ Pass | Should -BeNullOrEmpty
        $findings | Where-Object Outcome -EQ Unknown | ForEach-Object Reason | Should -Not -BeNullOrEmpty
    }

    It 'survives Export-Csv' {
        $path = Join-Path $TestDrive 'findings.csv'
        Get-PgSecurityFinding -Sample | Export-Csv $path
        $row = Import-Csv $path | Where-Object Evidence | Select-Object -First 1
        $row.Evidence | Should -Not -Match 'PgSecurity\.|System\.'
    }

    It 'survives Export-Clixml' {
        $path = Join-Path $TestDrive 'findings.xml'
        Get-PgSecurityFinding -Sample -IncludePassed | Export-Clixml $path
        Compare-Object (Import-Clixml $path | Measure-PgSecurity) (Measure-PgSecurity -Sample) -Property Level, ServerName, Section, Score |
            Should -BeNullOrEmpty
    }

    It 'completes <Text>' -ForEach @(
        @{ Text = 'Get-PgSecurityFinding -Control LOG-'; Expected = 'LOG-001' }
        @{ Text = 'Get-PgSecurityFinding -Section Lo'; Expected = 'Logging' }
        @{ Text = 'Get-PgSecurityFinding -Profile stri'; Expected = 'strict' }
        @{ Text = 'Get-PgSecurityFinding -Severity Cri'; Expected = 'Critical' }
        @{ Text = "Get-PgSecurityFinding -Benchmark 'CIS Azure Data"; Expected = "'CIS Azure Database Services 2.0.0'" }
    ) {
        (TabExpansion2 $Text).CompletionMatches.CompletionText | Should -Contain $Expected
    }

    It 'fits 80 columns' {
        $lines = (Get-PgSecurityFinding -Sample | Out-String -Width 80) -split '\r?\n'
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
