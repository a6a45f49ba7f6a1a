BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Masking.ps1')
}

Describe 'Set-PgMaskedRole' {
    It 'says why a server cannot be reached, without the password' {
        Set-PgMaskedRole @nowhere -Role analyst -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
        $refused[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($refused | Out-String) | Should -Not -Match 'Pester-Secret-1'
    }

    It 'asks before it changes something' {
        (Get-Command Set-PgMaskedRole).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command Set-PgMaskedRole).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Contain 'Medium'
    }
}
