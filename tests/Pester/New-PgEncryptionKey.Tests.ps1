BeforeAll { . (Join-Path $PSScriptRoot 'Common.ps1') }

Describe 'New-PgEncryptionKey' {
    It 'writes a wrapped key and never over one' {
        $file = Join-Path $TestDrive 'new.json'
        $key = New-PgEncryptionKey shop.customers.ssn $file -LocalKeyFile (Join-Path $TestDrive 'local.json')
        (Get-Content $file -Raw | ConvertFrom-Json).keyId | Should -Be $key.KeyId
        { New-PgEncryptionKey shop.customers.ssn $file -LocalKeyFile (Join-Path $TestDrive 'local.json') } | Should -Throw
    }
}
