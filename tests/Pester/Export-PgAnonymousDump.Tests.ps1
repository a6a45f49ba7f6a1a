BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Masking.ps1')
}

Describe 'Export-PgAnonymousDump' {
    It 'says why a server cannot be reached, without the password' {
        Export-PgAnonymousDump @nowhere -Plan $plan -OutputPath (Join-Path $TestDrive x.dump) -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
        $refused[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($refused | Out-String) | Should -Not -Match 'Pester-Secret-1'
    }

    It 'asks before it changes something' {
        (Get-Command Export-PgAnonymousDump).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command Export-PgAnonymousDump).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Contain 'Medium'
    }

    It 'leaves no file behind' {
        Export-PgAnonymousDump @nowhere -Plan $plan -OutputPath (Join-Path $TestDrive y.dump) -ErrorAction SilentlyContinue
        Get-ChildItem $TestDrive -Filter y.dump* | Should -BeNullOrEmpty
    }
}
