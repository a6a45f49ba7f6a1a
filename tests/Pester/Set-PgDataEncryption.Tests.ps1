BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgDataEncryption' {
    It 'has a pinned server follow its key' {
        $change = Get-PgServer psql-disputes-prod | Set-PgDataEncryption -FollowNewestVersion -AllowConnectivityLoss -JournalPath $TestDrive -PassThru
        $change.Status | Should -Be 'Changed'
    }

    It 'says that the kind of key is chosen at creation' {
        {
            Get-PgServer psql-basket-prod |
                Set-PgDataEncryption -KeyUri https://kv-disputes.vault.azure.net/keys/key-disputes -AllowConnectivityLoss -JournalPath $TestDrive -ErrorAction Stop
        } | Should -Throw "*creation fixes*"
    }
}
