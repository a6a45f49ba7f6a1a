BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Export-PgSecurityPolicy' {
    It 'writes definitions that are valid JSON and can be evaluated again' {
        Export-PgSecurityPolicy (Join-Path $TestDrive 'json') -Control NET-001 -ManagementGroup contoso | Should -Not -BeNullOrEmpty
        $file = Join-Path $TestDrive 'json/definitions/NET-001.json'
        (Get-Content $file -Raw | ConvertFrom-Json).properties.policyRule.then.effect | Should -Be "[parameters('effect')]"
        (New-ServerJson one | Get-PgSecurityFinding -PolicyDefinition $file).Outcome | Should -Be 'Fail'
    }

    It 'names what it leaves out' {
        Export-PgSecurityPolicy (Join-Path $TestDrive 'bicep') -Format Bicep -Section Network -ManagementGroup contoso -WarningVariable left -WarningAction SilentlyContinue
        $left | Should -Match 'index.json'
        (Get-Content (Join-Path $TestDrive 'bicep/index.json') -Raw | ConvertFrom-Json).leftOut.control | Should -Contain 'NET-006'
    }
}
