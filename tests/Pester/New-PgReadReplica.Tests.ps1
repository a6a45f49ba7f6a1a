BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
}
AfterAll { Disconnect-PgSecurity }

Describe 'New-PgReadReplica' {
    It 'needs -AllowCost' {
        { Get-PgServer psql-cards-test | New-PgReadReplica -JournalPath $TestDrive -ErrorAction Stop } | Should -Throw -ErrorId 'ChangeRefused*'
    }

    It 'makes a replica and deletes it again' {
        (Get-PgServer psql-cards-test | New-PgReadReplica -AllowCost -JournalPath $TestDrive -PassThru).Status | Should -Be 'Changed'
        $undone = Get-PgSecurityChange -JournalPath $TestDrive | Undo-PgSecurityChange -AllowOneWay -AllowConnectivityLoss -JournalPath $TestDrive
        $undone.After | Should -Be '(none)'
    }
}
