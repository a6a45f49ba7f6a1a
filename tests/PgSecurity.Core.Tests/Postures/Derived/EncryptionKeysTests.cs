using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class EncryptionKeysTests
{
    [Fact]
    public void A_healthy_chain_is_known_from_end_to_end()
    {
        Facet keys = Derivation.Of(EncryptionKeys.FacetType);

        Assert.True(keys.IsComplete);
        Assert.Equal(new[] { "primary", "geoBackup" }, keys.Resources.Select(key => key.Name));
        foreach (Resource key in keys.Resources)
        {
            Assert.Equal("newest", key.Property("keyVersion").GetString());
            Assert.Equal("Valid", key.Property("status").GetString());
            Assert.Equal("usable", key.Property("identityState").GetString());
            Assert.Equal("usable", key.Property("keyState").GetString());
            Assert.Equal(402, key.Property("daysToExpiry").GetInt64());
            Assert.Equal("automatic", key.Property("rotation").GetString());
            Assert.Equal("ensured", key.Property("succession").GetString());
            Assert.Equal(3072, key.Property("keySize").GetInt64());
            Assert.True(key.Property("purgeProtection").GetBoolean());
            Assert.True(key.Property("softDelete").GetBoolean());
            Assert.False(key.Property("openToAllNetworks").GetBoolean());
            Assert.Equal(0, key.Property("publicAddresses").GetInt64());
            Assert.True(key.Property("trustedServicesReachIt").GetBoolean());
        }
    }

    [Fact]
    public void A_key_of_the_service_makes_no_resource()
    {
        Facet keys = Derivation.Of(EncryptionKeys.FacetType, """{ "server": { "properties": { "dataEncryption": { "type": "SystemManaged" } } } }""");

        Assert.True(keys.IsComplete);
        Assert.Empty(keys.Resources);
    }

    [Fact]
    public void An_unknown_mode_is_no_absence_of_keys() =>
        Assert.False(Derivation.Of(EncryptionKeys.FacetType, """{ "remove": ["properties.dataEncryption"], "serverGap": "a projected row" }""").IsComplete);

    [Theory]
    [InlineData("""{ "timeAfterCreate": "P90D" }""", "rotate", "automatic")]
    [InlineData("""{ "timeBeforeExpiry": "P30D" }""", "Rotate", "automatic")]
    [InlineData("""{ "timeBeforeExpiry": "P30D" }""", "notify", "none, a notice only")]
    [InlineData("""{ "timeAfterCreate": null, "timeBeforeExpiry": "" }""", "rotate", "none")]
    public void Both_triggers_rotate_and_a_notice_does_not(string trigger, string action, string rotation)
    {
        Resource key = Primary($$"""
            { "resources": { "{{FacetTypes.Keys}}": { "key-payments": { "properties": { "rotationPolicy":
              { "lifetimeActions": [ { "trigger": {{trigger}}, "action": { "type": "{{action}}" } } ] } } } } } }
            """);

        Assert.Equal(rotation, key.Property("rotation").GetString());
    }

    [Fact]
    public void A_key_is_matched_by_host_and_name_not_by_name_alone()
    {
        // The other vault's key of the same name does not rotate and is disabled.
        Resource key = Primary($$"""
            { "facets": { "{{FacetTypes.Keys}}": [
              { "id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/kv-other/keys/key-payments", "name": "key-payments",
                "properties": { "attributes": { "enabled": false }, "keyUri": "https://kv-other.vault.azure.net/keys/key-payments" } },
              { "id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.KeyVault/vaults/KV-Contoso-Payments/keys/KEY-payments", "name": "KEY-payments",
                "properties": { "attributes": { "enabled": true } } } ] } }
            """);

        Assert.Equal("usable", key.Property("keyState").GetString());
    }

    [Fact]
    public void A_key_that_a_complete_list_lacks_is_not_found_and_nothing_else_is_known_of_it()
    {
        Resource key = Primary($$"""{ "facets": { "{{FacetTypes.Keys}}": [] } }""");

        Assert.Equal("not found in kv-contoso-payments", key.Property("keyState").GetString());
        Assert.True(key.IsUnknown("rotation"));
    }

    [Fact]
    public void A_vault_that_could_not_be_read_leaves_the_store_unknown()
    {
        Resource key = Primary($$"""{ "unavailable": { "{{FacetTypes.Vaults}}": "403", "{{FacetTypes.Keys}}": "403" } }""");

        Assert.True(key.IsUnknown("keyState"));
        Assert.True(key.IsUnknown("purgeProtection"));
        Assert.True(key.IsUnknown("publicAddresses"));
        Assert.Equal("Valid", key.Property("status").GetString());
    }

    [Theory]
    [InlineData("2026-11-24T03:00:00Z", 1795489200, true, 0)]
    [InlineData("2026-11-24T03:00:00Z", 1795489201, false, 0)]
    [InlineData("2026-11-24T03:00:00Z", 1795575601, false, 1)]
    [InlineData("2026-11-24T03:00:00Z", 1795400000, true, -2)]
    public void Expiry_is_measured_from_when_the_posture_was_collected(string collectedAt, long expires, bool expired, long days)
    {
        Resource key = Primary($$"""
            { "collectedAt": "{{collectedAt}}",
              "resources": { "{{FacetTypes.Keys}}": { "key-payments": { "properties": { "attributes": { "exp": {{expires}} } } } } } }
            """);

        Assert.Equal(expired, key.Property("keyState").GetString()!.StartsWith("expired on ", System.StringComparison.Ordinal));
        Assert.Equal(days, key.Property("daysToExpiry").GetInt64());
    }

    [Fact]
    public void A_key_without_expiry_never_expires_unless_its_policy_sets_one()
    {
        Resource key = Primary($$"""
            { "resources": { "{{FacetTypes.Keys}}": { "key-payments": { "properties": { "attributes": { "exp": null }, "rotationPolicy": { "attributes": null } } } } } }
            """);

        Assert.False(key.Has("daysToExpiry"));
        Assert.Equal("not needed", key.Property("succession").GetString());
        Assert.Equal("usable", key.Property("keyState").GetString());
        Assert.False(key.Property("expirySet").GetBoolean());
    }

    [Theory]
    [InlineData("https://kv-contoso-payments.vault.azure.net/keys/key-payments/25d53aa289c942a9bb13b2e4e0fa62c8", "25d53aa289c942a9bb13b2e4e0fa62c8")]
    [InlineData("https://KV-Contoso-Payments.vault.azure.net/keys/key-payments/", "newest")]
    public void A_version_in_the_uri_pins_the_server(string uri, string version)
    {
        Resource key = Primary($$"""{ "server": { "properties": { "dataEncryption": { "primaryKeyURI": "{{uri}}" } } } }""");

        Assert.Equal(version, key.Property("keyVersion").GetString());
        Assert.Equal("usable", key.Property("keyState").GetString());
    }

    [Theory]
    [InlineData("https://kv-contoso-payments.vault.azure.net/keys/key-payments/25d53aa289c942a9bb13b2e4e0fa62c8", "ends on 2028-01-01T00:00:00Z, and the server stays with this version")]
    [InlineData("https://kv-contoso-payments.vault.azure.net/keys/key-payments", "ensured")]
    public void A_rotation_helps_only_a_server_that_follows_it(string uri, string succession) =>
        Assert.Equal(succession, Primary($$"""{ "server": { "properties": { "dataEncryption": { "primaryKeyURI": "{{uri}}" } } } }""").Property("succession").GetString());

    [Fact]
    public void A_status_of_unknown_is_not_an_invalid_key() =>
        Assert.True(Primary("""{ "server": { "properties": { "dataEncryption": { "primaryEncryptionKeyStatus": "Unknown" } } } }""").IsUnknown("status"));

    [Fact]
    public void A_managed_hsm_is_read_like_a_vault()
    {
        Resource key = Primary($$"""
            { "server": { "properties": { "dataEncryption": { "primaryKeyURI": "https://hsm-contoso.managedhsm.azure.net/keys/key-payments" } } },
              "facets": {
                "{{FacetTypes.ManagedHsms}}": [ { "name": "hsm-contoso", "properties": { "hsmUri": "https://hsm-contoso.managedhsm.azure.net/", "enablePurgeProtection": false, "publicNetworkAccess": "Enabled" } } ],
                "{{FacetTypes.ManagedHsmKeys}}": [ { "name": "key-payments", "properties": { "kty": "RSA-HSM", "keySize": 4096, "attributes": { "enabled": true }, "keyUri": "https://hsm-contoso.managedhsm.azure.net/keys/key-payments" } } ] } }
            """);

        Assert.Equal("usable", key.Property("keyState").GetString());
        Assert.Equal(4096, key.Property("keySize").GetInt64());
        Assert.False(key.Property("purgeProtection").GetBoolean());
        Assert.True(key.Property("softDelete").GetBoolean());
        Assert.True(key.Property("openToAllNetworks").GetBoolean());
        Assert.Equal(1L << 32, key.Property("publicAddresses").GetInt64());
    }

    [Theory]
    [InlineData("""[ { "value": "203.0.113.7" } ]""", 1)]
    [InlineData("""[ { "value": "203.0.113.0/28" }, { "value": "203.0.113.8/29" } ]""", 16)]
    [InlineData("""[ { "value": "0.0.0.0/1" }, { "value": "128.0.0.0/1" } ]""", 4294967296)]
    public void A_closed_vault_is_as_wide_as_the_union_of_its_rules(string rules, long addresses)
    {
        Resource key = Primary($$"""
            { "resources": { "{{FacetTypes.Vaults}}": { "kv-contoso-payments": { "properties": { "publicNetworkAccess": "Enabled", "networkAcls": { "ipRules": {{rules}} } } } } } }
            """);

        Assert.Equal(addresses, key.Property("publicAddresses").GetInt64());
        Assert.False(key.Property("openToAllNetworks").GetBoolean());
    }

    [Fact]
    public void An_illegible_rule_leaves_the_width_unknown() =>
        Assert.True(Primary($$"""
            { "resources": { "{{FacetTypes.Vaults}}": { "kv-contoso-payments": { "properties": { "publicNetworkAccess": "Enabled", "networkAcls": { "ipRules": [ { "value": "2001:db8::/32" } ] } } } } } }
            """).IsUnknown("publicAddresses"));

    [Fact]
    public void Without_the_bypass_a_closed_vault_shuts_the_service_out() =>
        Assert.False(Primary($$"""
            { "resources": { "{{FacetTypes.Vaults}}": { "kv-contoso-payments": { "properties": { "networkAcls": { "bypass": "None" } } } } } }
            """).Property("trustedServicesReachIt").GetBoolean());

    [Theory]
    [InlineData("""["get","list","wrapKey","unwrapKey"]""", "usable")]
    [InlineData("""["all"]""", "usable")]
    [InlineData("""["Get","WrapKey"]""", "lacks unwrapKey in the access policy of kv-contoso-payments")]
    public void An_access_policy_decides_over_the_last_status(string permissions, string state)
    {
        Resource key = Primary($$"""
            { "resources": { "{{FacetTypes.Vaults}}": { "kv-contoso-payments": { "properties": { "enableRbacAuthorization": false,
              "accessPolicies": [ { "objectId": "c1d2e3f4-a5b6-4789-8abc-def012345678", "permissions": { "keys": {{permissions}} } } ] } } } } }
            """);

        Assert.Equal(state, key.Property("identityState").GetString());
    }

    [Fact]
    public void Roles_on_the_vault_are_not_collected_so_only_the_status_can_prove_them() =>
        Assert.True(Primary("""{ "remove": ["properties.dataEncryption.primaryEncryptionKeyStatus"] }""").IsUnknown("identityState"));

    [Fact]
    public void An_identity_that_the_server_lacks_is_seen() =>
        Assert.Equal("not assigned to the server", Primary("""
            { "server": { "properties": { "dataEncryption": { "primaryUserAssignedIdentityId":
              "/subscriptions/s/resourcegroups/r/providers/Microsoft.ManagedIdentity/userAssignedIdentities/gone" } } } }
            """).Property("identityState").GetString());

    private static Resource Primary(string changes) => Derivation.Of(EncryptionKeys.FacetType, changes).Find("primary")!;
}
