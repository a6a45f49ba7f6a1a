BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'Update-PgEncryptionKey' {
    It 'wraps by another key, and values open as before' {
        $file = Join-Path $TestDrive 'ssn.json'
        $old = Join-Path $TestDrive 'old.json'
        $next = Join-Path $TestDrive 'next.json'
        $key = New-PgEncryptionKey shop.customers.ssn $file -LocalKeyFile $old
        $stored = 'a secret' | Protect-PgValue $file -LocalKeyFile $old
        ($key | Update-PgEncryptionKey -LocalKeyFile $next -CurrentLocalKeyFile $old).KeyId | Should -Be $key.KeyId
        $stored | Unprotect-PgValue $file -LocalKeyFile $next | Should -Be 'a secret'
        { $stored | Unprotect-PgValue $file -LocalKeyFile $old } | Should -Throw
    }
}
