BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
}
AfterAll { Disconnect-PgSecurity }

Describe 'Test-PgRestore' {
    It 'measures a restore and deletes what it made' {
        $test = Get-PgServer psql-cards-test | Test-PgRestore -AllowCost -Rto 04:00:00 -Rpo 00:15:00 -JournalPath $TestDrive
        $test.Outcome | Should -Be 'Pass'
        $test.MeetsRto | Should -BeTrue
        $test.IsCleanedUp | Should -BeTrue
        Get-PgServer psql-cards-test-rt-* | Should -BeNullOrEmpty
    }

    It 'needs -AllowCost' {
        { Get-PgServer psql-cards-test | Test-PgRestore -JournalPath $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'RestoreNotTried*'
    }
}
