BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
}
AfterAll { Disconnect-PgSecurity }

Describe 'Set-PgKeyRotationPolicy' {
    It 'sets the policy of both keys' {
        $changes = Get-PgServer psql-cards-test | Set-PgKeyRotationPolicy -RotateAfterDays 90 -ExpireAfterDays 365 -JournalPath $TestDrive -PassThru
        $changes.Status | Should -Be 'Changed', 'Changed'
    }

    It 'has nothing to set where the service manages the key' {
        { Get-PgServer psql-basket-prod | Set-PgKeyRotationPolicy -RotateAfterDays 90 -JournalPath $TestDrive -ErrorAction Stop } | Should -Throw '*no customer-managed key*'
    }
}
