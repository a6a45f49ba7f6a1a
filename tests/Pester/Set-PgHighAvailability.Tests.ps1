BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgHighAvailability' {
    It 'sets it, and says so with -PassThru' {
        ($server | Set-PgHighAvailability -Mode ZoneRedundant -AllowCost -JournalPath $TestDrive -PassThru).Status | Select-Object -Unique | Should -Be 'Changed'
    }

    It 'is silent where there is nothing to do' {
        $server | Set-PgHighAvailability -Mode ZoneRedundant -AllowCost -JournalPath $TestDrive | Should -BeNullOrEmpty
    }
}
