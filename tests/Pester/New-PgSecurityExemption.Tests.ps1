BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'New-PgSecurityExemption' {
    It 'sets findings aside, which are then reported as exempt' {
        $file = Join-Path $TestDrive 'exemptions.json'
        New-ServerJson one | Get-PgSecurityFinding -Control NET-001 |
            New-PgSecurityExemption $file -Name one -Reason 'Because.' -Owner me@contoso.com -ExpiresOn (Get-Date).AddDays(90)
        (New-ServerJson one | Get-PgSecurityFinding -Control NET-001 -Exemption $file).Outcome | Should -Be 'Exempt'
    }
}
