BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $server = Get-PgServer -ServerName psql-basket-prod
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgAuditLogging' {
    It 'allows, loads and sets' {
        $changes = $server | Set-PgAuditLogging -AllowRestart -JournalPath $TestDrive -PassThru
        $changes.Status | Select-Object -Unique | Should -Be 'Changed'
        $changes[-1].Step | Should -Be 'restart'
    }
}
