BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Masking.ps1')
}

Describe 'Remove-PgMaskingRule' {
    It 'says why a server cannot be reached, without the password' {
        Remove-PgMaskingRule @nowhere -Schema public -Table customer -Column email -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
        $refused[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($refused | Out-String) | Should -Not -Match 'Pester-Secret-1'
    }

    It 'asks before it changes something' {
        (Get-Command Remove-PgMaskingRule).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command Remove-PgMaskingRule).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Contain 'High'
    }
}
