BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Get-PgServer' {
    BeforeAll { Connect-PgSecurity -Sandbox | Out-Null }
    AfterAll { Disconnect-PgSecurity }

    It 'lists by name' {
        (Get-PgServer 'psql-ledger-p*').ServerName | Sort-Object | Should -Be 'psql-ledger-prod', 'psql-ledger-prod-ne'
    }

    It 'takes back what it gave as CSV' {
        $row = Get-PgServer psql-ledger-prod | ConvertTo-Csv | ConvertFrom-Csv
        ($row | Get-PgServer).ServerName | Should -Be 'psql-ledger-prod'
    }

    It 'takes JSON of az' {
        $id = (Get-PgServer psql-ledger-prod).ResourceId
        ("{ `"id`": `"$id`", `"name`": `"psql-ledger-prod`" }" | ConvertFrom-Json | Get-PgServer).ServerName | Should -Be 'psql-ledger-prod'
    }
}
