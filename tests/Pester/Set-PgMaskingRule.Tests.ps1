BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Masking.ps1')
}

Describe 'Set-PgMaskingRule' {
    It 'says why a server cannot be reached, without the password' {
        Set-PgMaskingRule @nowhere -Plan $plan -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
        $refused[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($refused | Out-String) | Should -Not -Match 'Pester-Secret-1'
    }

    It 'asks before it changes something' {
        (Get-Command Set-PgMaskingRule).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command Set-PgMaskingRule).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Contain 'Medium'
    }

    It 'takes columns from the pipeline' {
        [pscustomobject]@{ Schema = 'public'; Table = 'customer'; Column = 'email' } |
            Set-PgMaskingRule @nowhere -ErrorAction SilentlyContinue -ErrorVariable refused
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
    }
}
