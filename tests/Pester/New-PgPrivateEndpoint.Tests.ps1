BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
}
AfterAll { Disconnect-PgSecurity }

Describe 'New-PgPrivateEndpoint' {
    BeforeAll {
        $network = '/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-network-prod/providers/Microsoft.Network'
        $where = @{
            SubnetId         = "$network/virtualNetworks/vnet-prod-we/subnets/snet-endpoints"
            PrivateDnsZoneId = "$network/privateDnsZones/privatelink.postgres.database.azure.com"
        }
    }

    It 'makes the endpoint and its zone group' {
        $made = Get-PgServer psql-basket-prod | New-PgPrivateEndpoint @where -JournalPath $TestDrive -PassThru
        $made.Status | Should -Be 'Changed', 'Changed'
        $made[0].After | Should -BeLike '*Approved'
    }

    It 'is silent where they are there' {
        Get-PgServer psql-basket-prod | New-PgPrivateEndpoint @where -JournalPath $TestDrive | Should -BeNullOrEmpty
    }

    It 'deletes both again' {
        $undone = Get-PgSecurityChange -JournalPath $TestDrive | Undo-PgSecurityChange -AllowConnectivityLoss -JournalPath $TestDrive
        $undone.After | Should -Be '(none)', '(none)'
    }
}
