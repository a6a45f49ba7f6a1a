using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using PgSecurity.Core.Remediation;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class ReplicaDifferencesTests
{
    private const string Strong = """
        "require_secure_transport": "on", "ssl_min_protocol_version": "TLSv1.3", "password_encryption": "scram-sha-256",
        "azure.accepted_password_auth_method": "scram-sha-256", "azure_storage.allow_network_access": "off",
        "azure_storage.public_account_access": "off", "connection_throttle.enable": "on", "log_connections": "on",
        "log_disconnections": "on", "log_checkpoints": "on", "pgaudit.log": "ddl,role", "shared_preload_libraries": "pgaudit"
        """;

    [Fact]
    public void A_server_that_is_no_replica_has_none() =>
        Assert.Empty(Derivation.Of(ReplicaDifferences.FacetType).Resources);

    [Fact]
    public void A_replica_as_hard_as_its_primary_has_none()
    {
        Facet differences = Derivation.Of(ReplicaDifferences.FacetType, Replica("{}"));

        Assert.True(differences.IsComplete);
        Assert.Empty(differences.Resources);
    }

    [Theory]
    [InlineData("""{ "server": { "properties": { "network": { "publicNetworkAccess": "Enabled" } } } }""", "network.publicNetworkAccess")]
    [InlineData("""{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } } }""", "authConfig.passwordAuth")]
    [InlineData("""{ "remove": ["properties.authConfig"] }""", "authConfig.activeDirectoryAuth,authConfig.passwordAuth")]
    [InlineData("""{ "parameters": { "ssl_min_protocol_version": "TLSv1.2" } }""", "ssl_min_protocol_version")]
    [InlineData("""{ "parameters": { "pgaudit.log": "role" } }""", "pgaudit.log")]
    [InlineData("""{ "parameters": { "pgaudit.log": "ALL" } }""", "")]
    [InlineData("""{ "parameters": { "azure.accepted_password_auth_method": "md5,scram-sha-256" } }""", "azure.accepted_password_auth_method")]
    [InlineData("""{ "parameters": { "shared_preload_libraries": "pg_cron" } }""", "shared_preload_libraries")]
    [InlineData("""{ "parameters": { "log_connections": "off" } }""", "log_connections")]
    [InlineData("""{ "parameters": { "log_connections": { "value": "receipt,authentication,authorization", "dataType": "Set" } } }""", "log_connections")]
    public void What_is_weaker_is_named(string changes, string settings)
    {
        Facet differences = Derivation.Of(ReplicaDifferences.FacetType, Replica(changes));

        Assert.Equal(settings, string.Join(",", differences.Resources.Select(difference => difference.Name)));
        Assert.All(differences.Resources, difference => Assert.EndsWith("on the primary", difference.Property("weaker").GetString(), System.StringComparison.Ordinal));
    }

    [Fact]
    public void Stricter_than_the_primary_is_no_difference() =>
        Assert.Empty(Derivation.Of(ReplicaDifferences.FacetType, Replica("{}", Strong.Replace("TLSv1.3", "TLSv1.2", System.StringComparison.Ordinal))).Resources);

    [Fact]
    public void Parameters_of_the_primary_that_were_not_collected_are_unknown()
    {
        Facet differences = Derivation.Of(ReplicaDifferences.FacetType, Replica("{}", null));

        Assert.NotEmpty(differences.Resources);
        Assert.All(differences.Resources, difference => Assert.True(difference.IsUnknown("weaker")));
    }

    [Fact]
    public void A_primary_that_was_not_found_leaves_everything_unknown() =>
        Assert.False(Derivation.Of(ReplicaDifferences.FacetType, """{ "server": { "properties": { "replicationRole": "AsyncReplica" } } }""").IsComplete);

    private static string Replica(string changes, string? parameters = Strong)
    {
        string primary = $$"""
            { "name": "contoso-payments-main", "properties": { "network": { "publicNetworkAccess": "Disabled" },
              "authConfig": { "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled" }, "dataEncryption": { "type": "AzureKeyVault" }
              {{(parameters is null ? "" : ", \"parameters\": {" + parameters + "}")}} } }
            """;
        JsonNode replica = JsonNode.Parse($$"""
            { "server": { "properties": { "replicationRole": "GeoAsyncReplica" } }, "facets": { "{{FacetTypes.Primary}}": [ {{primary}} ] } }
            """)!;
        return MergePatch.Apply(replica, JsonNode.Parse(changes))!.ToJsonString();
    }
}
