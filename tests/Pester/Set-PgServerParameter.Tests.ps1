BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgServerParameter' {
    It 'sets it, and says so with -PassThru' {
        ($server | Set-PgServerParameter -Name connection_throttle.enable -Value on -JournalPath $TestDrive -PassThru).Status | Select-Object -Unique | Should -Be 'Changed'
    }

    It 'is silent where there is nothing to do' {
        $server | Set-PgServerParameter -Name connection_throttle.enable -Value on -JournalPath $TestDrive | Should -BeNullOrEmpty
    }
}
