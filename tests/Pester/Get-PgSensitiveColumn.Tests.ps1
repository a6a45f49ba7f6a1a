BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Masking.ps1')
}

Describe 'Get-PgSensitiveColumn' {
    It 'says why a server cannot be reached, without the password' {
        Get-PgSensitiveColumn @nowhere  -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
        $refused[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($refused | Out-String) | Should -Not -Match 'Pester-Secret-1'
    }

    It 'cannot write to a database' {
        (Get-Command Get-PgSensitiveColumn).Parameters.Keys | Should -Not -Contain 'WhatIf'
    }
}
