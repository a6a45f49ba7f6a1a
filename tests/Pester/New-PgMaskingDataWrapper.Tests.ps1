BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Masking.ps1')
}

Describe 'New-PgMaskingDataWrapper' {
    It 'says why a server cannot be reached, without the password' {
        New-PgMaskingDataWrapper @nowhere -Plan $plan -Name w -ForeignServer h -ForeignDatabase d -ForeignCredential $nowhere.Credential -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
        $refused[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($refused | Out-String) | Should -Not -Match 'Pester-Secret-1'
    }

    It 'asks before it changes something' {
        (Get-Command New-PgMaskingDataWrapper).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command New-PgMaskingDataWrapper).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Contain 'Medium'
    }

    It 'takes no connection without TLS' {
        { New-PgMaskingDataWrapper @nowhere -Plan $plan -Name w -ForeignServer h -ForeignDatabase d -ForeignCredential $nowhere.Credential -ForeignSslMode disable } | Should -Throw
    }
}
