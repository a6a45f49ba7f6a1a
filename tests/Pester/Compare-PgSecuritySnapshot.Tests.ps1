BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Compare-PgSecuritySnapshot' {
    It 'tells what moved and what follows of it' {
        $before = Join-Path $TestDrive 'before.json'
        $after = Join-Path $TestDrive 'after.json'
        New-ServerJson one Disabled | Set-Content $before
        New-ServerJson one Enabled | Set-Content $after
        $drift = Compare-PgSecuritySnapshot $before $after -WarningAction SilentlyContinue
        ($drift | Where-Object Kind -EQ PropertyChanged).Path | Should -Be 'properties.network.publicNetworkAccess'
        ($drift | Where-Object Kind -EQ FindingAppeared).ControlId | Should -Contain 'NET-001'
    }

    Context 'with the servers as they are now' {
        BeforeAll {
            $null = Connect-PgSecurity -Sandbox
            $reference = Join-Path $TestDrive 'reference.ndjson'
            $null = Export-PgSecuritySnapshot $reference -ServerName psql-ledger-prod, psql-kyc-prod
            $ledger = (Get-PgServer psql-ledger-prod).ResourceId
        }

        AfterAll { Disconnect-PgSecurity }

        It 'tells nothing where nothing moved' {
            Compare-PgSecuritySnapshot $reference -ServerName psql-ledger-prod, psql-kyc-prod -WarningAction SilentlyContinue |
                Where-Object Kind -NE NotComparable | Should -BeNullOrEmpty
        }

        It 'tells what moved, who moved it and when' {
            $null = Set-PgServerParameter log_connections off -ResourceId $ledger -Confirm:$false
            $drift = Compare-PgSecuritySnapshot $reference -ServerName psql-ledger-prod -WarningAction SilentlyContinue
            $value = $drift | Where-Object Path -EQ properties.value
            $value.Before, $value.After | Should -Be 'on', 'off'
            $value.Caller | Should -Be 'sandbox'
            $value.Operation | Should -Be 'Microsoft.DBforPostgreSQL/flexibleServers/configurations/write'
            $value.ChangedAt | Should -BeGreaterOrEqual $value.BeforeAt
            ($drift | Where-Object ControlId -EQ LOG-005).Kind | Should -Be 'FindingAppeared'
            $value | Format-Table | Out-String -Width 300 | Should -Match 'sandbox'
        }

        It 'takes servers of the pipeline' {
            (Get-PgServer psql-ledger-prod | Compare-PgSecuritySnapshot $reference -Include Property -WarningAction SilentlyContinue |
                Where-Object Path -EQ properties.value).After | Should -Be 'off'
        }

        It 'compares two files without a look into the log' {
            $now = Join-Path $TestDrive 'now.ndjson'
            $null = Export-PgSecuritySnapshot $now -ServerName psql-ledger-prod, psql-kyc-prod
            $drift = Get-Item $now | Compare-PgSecuritySnapshot $reference -Include Property -WarningAction SilentlyContinue | Where-Object Path -EQ properties.value
            $drift.Caller | Should -BeNullOrEmpty
            $drift.ActivityReason | Should -BeNullOrEmpty
            (Compare-PgSecuritySnapshot $reference $now -ActivityLog -Include Property -WarningAction SilentlyContinue |
                Where-Object Path -EQ properties.value).Caller | Should -Be 'sandbox'
        }

        It 'tells an exemption apart from a change' {
            $control = (Get-PgSecurityFinding -ServerName psql-kyc-prod | Where-Object Outcome -EQ Fail | Select-Object -First 1).ControlId
            $file = Join-Path $TestDrive 'exemptions.json'
            $null = New-PgSecurityExemption $file -Name partner -Scope (Get-PgServer psql-kyc-prod).ResourceId -Control $control -Reason Known. -Owner a@contoso.com -ExpiresOn 2999-01-01
            (Compare-PgSecuritySnapshot $reference -ServerName psql-kyc-prod -Exemption $file -WarningAction SilentlyContinue |
                Where-Object ControlId -EQ $control).Kind | Should -Be 'ExemptionBegan'
        }
    }
}
