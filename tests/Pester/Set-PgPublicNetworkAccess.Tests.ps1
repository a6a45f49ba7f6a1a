BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgPublicNetworkAccess' {
    It 'refuses where nobody could reach the server any more' {
        $server | Set-PgPublicNetworkAccess -State Disabled -AllowConnectivityLoss -JournalPath $TestDrive -ErrorAction SilentlyContinue -ErrorVariable refused
        $refused[0].FullyQualifiedErrorId | Should -Match '^ChangeRefused'
    }
}
