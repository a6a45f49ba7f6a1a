BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Export-PgSecuritySnapshot' {
    BeforeAll { Connect-PgSecurity -Sandbox | Out-Null }
    AfterAll { Disconnect-PgSecurity }

    It 'writes a file that can be audited' {
        $file = Export-PgSecuritySnapshot (Join-Path $TestDrive 'one.ndjson.gz') -ServerName psql-ledger-prod
        (Get-PgSecurityFinding $file.FullName -IncludePassed).Count | Should -BeGreaterThan 20
    }

    It 'writes nothing with -WhatIf' {
        Export-PgSecuritySnapshot (Join-Path $TestDrive 'two.ndjson') -ServerName psql-ledger-prod -WhatIf
        Join-Path $TestDrive 'two.ndjson' | Should -Not -Exist
    }
}
