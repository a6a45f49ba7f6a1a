BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Unprotect-PgValue' {
    It 'opens what was protected, in its row only' {
        $local = @{ LocalKeyFile = Join-Path $TestDrive 'local.json' }
        $file = Join-Path $TestDrive 'unprotect.json'
        $null = New-PgEncryptionKey shop.customers.ssn $file @local
        $stored = 'x' | Protect-PgValue $file -Row 1 @local
        $stored | Unprotect-PgValue $file -Row 1 @local | Should -Be 'x'
        $stored | Unprotect-PgValue $file -Row 2 @local -ErrorAction SilentlyContinue -ErrorVariable refused | Should -BeNullOrEmpty
        $refused[0].FullyQualifiedErrorId | Should -Match '^ValueDoesNotOpen'
    }
}
