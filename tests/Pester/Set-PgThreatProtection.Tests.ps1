BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgThreatProtection' {
    It 'sets it, and says so with -PassThru' {
        ($server | Set-PgThreatProtection -State Enabled -AllowCost -JournalPath $TestDrive -PassThru).Status | Select-Object -Unique | Should -Be 'Changed'
    }

    It 'is silent where there is nothing to do' {
        $server | Set-PgThreatProtection -State Enabled -AllowCost -JournalPath $TestDrive | Should -BeNullOrEmpty
    }
}
