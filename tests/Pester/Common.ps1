# The module under test: the package that build.ps1 made, or the repository root.
$manifest = if ($env:PGSECURITY_TEST_MODULE) { $env:PGSECURITY_TEST_MODULE } else { Join-Path $PSScriptRoot '../../PgSecurity.psd1' }
Import-Module $manifest -Force -ErrorAction Stop

# A server without anything else known of it.
function New-ServerJson([string] $Name, [string] $PublicNetworkAccess = 'Enabled') {
    @{
        id         = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/$Name"
        type       = 'Microsoft.DBforPostgreSQL/flexibleServers'
        name       = $Name
        location   = 'westeurope'
        sku        = @{ name = 'Standard_D4ds_v5'; tier = 'GeneralPurpose' }
        properties = @{ version = '17'; state = 'Ready'; network = @{ publicNetworkAccess = $PublicNetworkAccess } }
    } | ConvertTo-Json -Depth 8 -Compress
}
