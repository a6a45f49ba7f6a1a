BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgFirewallRule' {
    It 'sets it, and says so with -PassThru' {
        ($server | Set-PgFirewallRule -Name branch -StartIpAddress 203.0.113.9 -JournalPath $TestDrive -PassThru).Status | Select-Object -Unique | Should -Be 'Changed'
    }

    It 'is silent where there is nothing to do' {
        $server | Set-PgFirewallRule -Name branch -StartIpAddress 203.0.113.9 -JournalPath $TestDrive | Should -BeNullOrEmpty
    }
}
