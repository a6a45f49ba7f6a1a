BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $findings = New-ServerJson 'one' | Get-PgSecurityFinding -IncludePassed -IncludeNotApplicable
}

Describe 'Export-PgSecurityReport' {
    It 'writes <Name>' -ForEach @(
        @{ Name = 'r.html' }, @{ Name = 'r.md' }, @{ Name = 'r.csv' }, @{ Name = 'r.json' }, @{ Name = 'r.sarif' }, @{ Name = 'r.oscal.json' }, @{ Name = 'r.xml' }
    ) {
        $file = $findings | Export-PgSecurityReport (Join-Path $TestDrive $Name) -PassThru
        $file.Length | Should -BeGreaterThan 0
    }

    It 'writes a table that Import-Csv and Measure-PgSecurity read' {
        $path = Join-Path $TestDrive 'table.csv'
        $findings | Export-PgSecurityReport $path
        $score = Import-Csv $path | Measure-PgSecurity -By Estate
        $score.Score | Should -Be ($findings | Measure-PgSecurity -By Estate).Score
    }

    It 'writes XML that never takes unknown for a success' {
        $xml = [xml] ($findings | Export-PgSecurityReport -Format JUnit)
        @($xml.SelectNodes('//error')).Count | Should -Be @($findings | Where-Object Outcome -EQ Unknown).Count
        @($xml.SelectNodes('//failure')).Count | Should -Be @($findings | Where-Object Outcome -EQ Fail).Count
    }

    It 'reads its own JSON again' {
        $text = $findings | Export-PgSecurityReport -Format Json
        $again = ($text | ConvertFrom-Json).findings | Export-PgSecurityReport -Format Json
        ($again | ConvertFrom-Json).findings.Count | Should -Be $findings.Count
    }

    It 'keeps a file that is there' {
        $path = Join-Path $TestDrive 'kept.csv'
        Set-Content $path 'mine'
        { $findings | Export-PgSecurityReport $path -ErrorAction Stop } | Should -Throw -ErrorId 'ReportExists*'
        Get-Content $path | Should -Be 'mine'
    }
}
