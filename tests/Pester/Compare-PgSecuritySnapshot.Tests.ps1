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
}
