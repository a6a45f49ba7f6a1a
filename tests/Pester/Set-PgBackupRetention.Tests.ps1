BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgBackupRetention' {
    It 'sets it, and says so with -PassThru' {
        ($server | Set-PgBackupRetention -Days 21 -JournalPath $TestDrive -PassThru).Status | Select-Object -Unique | Should -Be 'Changed'
    }

    It 'is silent where there is nothing to do' {
        $server | Set-PgBackupRetention -Days 21 -JournalPath $TestDrive | Should -BeNullOrEmpty
    }
}
