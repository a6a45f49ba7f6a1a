BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgPasswordEncryption' {
    It 'stores new passwords as SCRAM' {
        (Get-PgServer -ServerName psql-loyalty-prod | Set-PgPasswordEncryption -JournalPath $TestDrive -PassThru).After | Should -Be 'scram-sha-256'
    }
}
