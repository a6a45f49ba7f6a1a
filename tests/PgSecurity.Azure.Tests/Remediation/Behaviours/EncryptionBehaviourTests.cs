using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>Customer-managed keys and the identities that use them.</summary>
public sealed class EncryptionBehaviourTests
{
    private const string NewKey = "https://kv-contoso-pay-geo.vault.azure.net/keys/key-geo-2/0123456789abcdef0123456789abcdef";
    private const string Identity = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-security-prod/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-payments-cmk";

    [BehaviourFact(41, "the kind of key is chosen at creation: refused with the way that exists")]
    public async Task The_kind_of_key_does_not_change()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;
        JsonObject system = Encryption(("type", "SystemManaged"));
        Assert.Equal("CMKInvalidEncryptionParameters", await fixture.SendAsync(WriteMethod.Patch, server.Value, system.ToJsonString()));

        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ServerChange(server, "dataEncryption", system)));

        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("fixedAtCreation", refused.Reason, StringComparison.Ordinal);
        Assert.Contains("new server", refused.Reason, StringComparison.Ordinal);
    }

    [BehaviourFact(42, "geo-redundant backup needs a second key with a second identity: one for both is refused before it is sent")]
    public async Task The_second_identity_must_be_another_one()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;

        await AllowAsync(fixture, "kv-contoso-pay-geo", "key-geo-2", Identity);
        JsonObject same = Encryption(("geoBackupKeyURI", NewKey), ("geoBackupUserAssignedIdentityId", Identity));
        JsonObject whole = Encryption(
            ("type", "AzureKeyVault"), ("primaryKeyURI", Text(fixture, "primaryKeyURI")), ("primaryUserAssignedIdentityId", Identity), ("geoBackupKeyURI", NewKey), ("geoBackupUserAssignedIdentityId", Identity));
        Assert.Equal("CMKInvalidEncryptionParameters", await fixture.SendAsync(WriteMethod.Patch, server.Value, whole.ToJsonString()));

        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ServerChange(server, "dataEncryption", same)));

        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("must be another one", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(fixture.Journal());
    }

    [BehaviourFact(43, "a geo key alone is dropped without a word: the whole block is sent, and read back")]
    public async Task The_whole_block_is_sent_for_one_key()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;
        await AllowAsync(fixture, "kv-contoso-pay-geo", "key-geo-2", Identity + "-geo");
        JsonObject geo = Encryption(("geoBackupKeyURI", NewKey));
        string before = Text(fixture, "geoBackupKeyURI");
        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Patch, server.Value, geo.ToJsonString()));
        Assert.Equal(before, Text(fixture, "geoBackupKeyURI"));

        Change changed = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ServerChange(server, "dataEncryption", geo)));
        Assert.True(changed.Status == ChangeStatus.Changed, changed.Reason);
        Assert.Equal(NewKey, Text(fixture, "geoBackupKeyURI"));

        // Of the former key the service says nothing any more: who may use it is looked at anew.
        await AllowAsync(fixture, "kv-contoso-pay-geo", "key-payments-geo", Identity + "-geo");
        Assert.Equal(ChangeStatus.Changed, Assert.Single(await fixture.UndoAsync()).Status);
        Assert.Equal(before, Text(fixture, "geoBackupKeyURI"));
    }

    [BehaviourFact(44, "older versions fail for a key without a version: the version that is spoken takes it")]
    public async Task A_key_without_a_version_is_taken()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;
        await AllowAsync(fixture, "kv-contoso-payments", "key-next", Identity);
        JsonObject versionless = Encryption(("primaryKeyURI", "https://kv-contoso-payments.vault.azure.net/keys/key-next"), ("primaryUserAssignedIdentityId", Identity));
        Assert.Equal("InternalServerError", await fixture.SendAsync(WriteMethod.Patch, server.Value + "?api-version=2024-08-01", versionless.ToJsonString()));

        Change changed = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ServerChange(server, "dataEncryption", versionless)));

        Assert.True(changed.Status == ChangeStatus.Changed, changed.Reason);
        Assert.Equal("https://kv-contoso-payments.vault.azure.net/keys/key-next", Text(fixture, "primaryKeyURI"));
        Assert.Equal("2025-08-01", ArmApiVersions.For(server.Value));
    }

    [BehaviourFact(45, "the identity of the key must not go: identities are added to those that are there, and what the service refuses is told")]
    public async Task Identities_are_merged()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;
        JsonObject without = new() { ["identity"] = new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { [Identity] = null } } };
        Assert.Equal("CMKInvalidEncryptionParameters", await fixture.SendAsync(WriteMethod.Patch, server.Value, without.ToJsonString()));

        Change added = Assert.Single(await fixture.ChangeAsync(
            RoadFixture.Everything, new ServerChange(server, "identity", new JsonObject { ["identity"] = new JsonObject { ["type"] = "SystemAssigned" } })));

        Assert.True(added.Status == ChangeStatus.Changed, added.Reason);
        JsonObject identity = (JsonObject)fixture.Sandbox.Find(server.Value)!["identity"]!;
        Assert.Equal("SystemAssigned,UserAssigned", JsonShape.Text(identity["type"]));
        Assert.Equal(2, ((JsonObject)identity["userAssignedIdentities"]!).Count);

        Assert.Equal(ChangeStatus.Changed, Assert.Single(await fixture.UndoAsync()).Status);
        identity = (JsonObject)fixture.Sandbox.Find(server.Value)!["identity"]!;
        Assert.Equal("UserAssigned", JsonShape.Text(identity["type"]));
        Assert.Equal(2, ((JsonObject)identity["userAssignedIdentities"]!).Count);
    }

    /// <summary>Makes a key where there is none, and lets an identity of the server use it.</summary>
    private static async Task AllowAsync(RoadFixture fixture, string vault, string key, string identity)
    {
        string id = fixture.Postures[0].FacetOf(FacetTypes.Vaults).Find(vault)!.Id + "/keys/" + key;
        await fixture.SendAsync(WriteMethod.Put, id, "{ \"properties\": { \"kty\": \"RSA\", \"keySize\": 3072 } }");
        string principal = JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(fixture.Postures[0].Id.Value), "identity", "userAssignedIdentities", identity, "principalId"));
        JsonObject assignment = new()
        {
            ["properties"] = new JsonObject
            {
                ["roleDefinitionId"] = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6",
                ["principalId"] = principal,
                ["principalType"] = "ServicePrincipal",
            },
        };
        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Put, $"{id}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", assignment.ToJsonString()));
    }

    private static JsonObject Encryption(params (string Name, string Value)[] members) => new()
    {
        ["properties"] = new JsonObject
        {
            ["dataEncryption"] = new JsonObject(members.Select(member => new System.Collections.Generic.KeyValuePair<string, JsonNode?>(member.Name, member.Value))),
        },
    };

    private static string Text(RoadFixture fixture, string member) =>
        JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(fixture.Postures[0].Id.Value), "properties", "dataEncryption", member));
}
