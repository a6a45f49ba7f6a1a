BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $id = (Get-PgServer -ServerName psql-basket-prod).ResourceId
}
AfterAll { Disconnect-PgSecurity }

Describe 'Undo-PgSecurityChange' {
    It 'puts back what was there' {
        $made = Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $TestDrive
        $back = $made | Undo-PgSecurityChange -JournalPath $TestDrive
        $back.Status | Should -Be 'Changed'
        $back.After | Should -Be 'off'
        $back.Undoes | Should -Be $made.ChangeId
    }

    It 'says that a change is not in the journals' {
        Undo-PgSecurityChange nonsense -JournalPath $TestDrive -ErrorAction SilentlyContinue -ErrorVariable missing
        $missing[0].FullyQualifiedErrorId | Should -Match '^ChangeNotFound'
    }
}
