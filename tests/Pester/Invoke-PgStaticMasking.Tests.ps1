BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    . (Join-Path $PSScriptRoot 'Masking.ps1')
}

Describe 'Invoke-PgStaticMasking' {
    It 'refuses a server of which nothing is known, before it connects' {
        Invoke-PgStaticMasking @nowhere -Plan $plan -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^ServerNotTagged'
    }

    It 'refuses a productive server, even with the consent for an untagged one' {
        $file = Join-Path $TestDrive 'server.json'
        $server = New-ServerJson 'shop' | ConvertFrom-Json
        $server | Add-Member tags @{ environment = 'prod' }
        $server.properties | Add-Member fullyQualifiedDomainName '127.0.0.1'
        $server | ConvertTo-Json -Depth 8 | Set-Content $file
        Invoke-PgStaticMasking @nowhere -Plan $plan -ServerFile $file -AllowIrreversible -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^ServerIsProduction'
    }

    It 'says why a server cannot be reached, without the password' {
        Invoke-PgStaticMasking @nowhere -Plan $plan -AllowIrreversible -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^DatabaseUnreachable'
        $refused[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($refused | Out-String) | Should -Not -Match 'Pester-Secret-1'
    }

    It 'asks before it changes something' {
        (Get-Command Invoke-PgStaticMasking).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command Invoke-PgStaticMasking).ImplementingType.GetCustomAttributes($true).ConfirmImpact | Should -Contain 'High'
    }
}
