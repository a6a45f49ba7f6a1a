BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $id = (Get-PgServer -ServerName psql-basket-prod).ResourceId
    $made = Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -JournalPath $TestDrive
}
AfterAll { Disconnect-PgSecurity }

Describe 'Get-PgSecurityChange' {
    It 'reads the journal of a run' {
        $change = Get-PgSecurityChange -RunId $made.RunId -JournalPath $TestDrive
        $change.ChangeId | Should -Be $made.ChangeId
        $change.Before | Should -Be 'off'
        $change.After | Should -Be 'on'
    }

    It 'takes servers from the pipeline' {
        (Get-PgServer -ServerName psql-basket-prod | Get-PgSecurityChange -JournalPath $TestDrive).Count | Should -Be 1
    }
}
