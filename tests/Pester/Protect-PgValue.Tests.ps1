BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Protect-PgValue' {
    It 'writes base64 that begins as the format does' {
        $local = @{ LocalKeyFile = Join-Path $TestDrive 'local.json' }
        $file = Join-Path $TestDrive 'protect.json'
        $null = New-PgEncryptionKey shop.customers.ssn $file @local
        'x' | Protect-PgValue $file @local | Should -Match '^UEdTRQEB'
    }
}
