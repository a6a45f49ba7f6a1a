BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Export-PgSecurityQuery' {
    It 'writes queries, a workbook and an index' {
        $files = Export-PgSecurityQuery (Join-Path $TestDrive 'queries') -WarningAction SilentlyContinue
        $files.Name | Should -Contain 'findings.kql'
        (Get-Content (Join-Path $TestDrive 'queries/workbook.json') -Raw | ConvertFrom-Json).version | Should -Be 'Notebook/1.0'
        (Get-Content (Join-Path $TestDrive 'queries/index.json') -Raw | ConvertFrom-Json).leftOut.control | Should -Contain 'DAT-001'
    }

    It 'puts out one query as text' {
        Export-PgSecurityQuery -AsText -Control NET-001 | Should -Match "'NET-001'"
    }
}
