BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Remove-PgEntraAdministrator' {
    It 'leaves the last one' {
        $locked = Get-PgServer -ServerName psql-cards-test
        $locked | Remove-PgEntraAdministrator -ObjectId 9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d -JournalPath $TestDrive -ErrorAction SilentlyContinue -ErrorVariable refused
        $refused[0].FullyQualifiedErrorId | Should -Match '^ChangeRefused'
    }
}
