using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>A server gets another key only where every link of the chain is seen to hold.</summary>
public sealed class KeyChangeTests
{
    private const string Security = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-security-prod";
    private const string Vault = Security + "/providers/Microsoft.KeyVault/vaults/kv-disputes";
    private const string Key = "https://kv-disputes.vault.azure.net/keys/key-disputes";
    private const string Identity = Security + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-cards-test-cmk";
    private const string Principal = "c1d2e3f4-a5b6-4789-8abc-def012345678";
    private const string CryptoUser = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/providers/Microsoft.Authorization/roleDefinitions/e147488a-f6f5-4113-8e2d-b22465e65bf6";

    [Fact]
    public async Task With_a_role_at_the_key_it_is_changed_and_changed_back()
    {
        using RoadFixture fixture = RoadFixture.OfSampleEstate();
        await AssignAsync(fixture, Vault + "/keys/key-disputes", null);
        await AssignAsync(fixture, Security + "/providers/Microsoft.KeyVault/vaults/kv-cards-test", null);

        Change changed = await SetAsync(fixture);
        Assert.True(changed.Status == ChangeStatus.Changed, changed.Reason);
        Assert.Contains($"primaryKeyURI={Key}", changed.After, StringComparison.Ordinal);

        // Of the former key the service says nothing now: the role at its vault lets it come back.
        Change back = Assert.Single(await fixture.UndoAsync());
        Assert.True(back.Status == ChangeStatus.Changed, back.Reason);
        Assert.Equal(changed.Before, back.After);
    }

    [Fact]
    public async Task An_identity_that_is_not_the_servers_yet_is_assigned_first_and_goes_with_the_undo()
    {
        const string Other = Security + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-new";
        using RoadFixture fixture = RoadFixture.OfSampleEstate();
        await fixture.Service.WriteAsync(WriteMethod.Put, Other, new JsonObject { ["location"] = "westeurope" }, CancellationToken.None);
        string principal = JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(Other), "properties", "principalId"));
        await AssignAsync(fixture, Vault + "/keys/key-disputes", null, principal);
        await AssignAsync(fixture, Security + "/providers/Microsoft.KeyVault/vaults/kv-cards-test", null);
        ServerId cards = fixture.Postures.Single(posture => posture.Id.Name == "psql-cards-test").Id;
        ServerChange assign = new(cards, "identity", new JsonObject
        {
            ["identity"] = new JsonObject { ["type"] = "UserAssigned", ["userAssignedIdentities"] = new JsonObject { [Other] = new JsonObject() } },
        });
        ServerChange key = new(cards, "dataEncryption", Block(cards, Other));

        IReadOnlyList<Change> made = await fixture.ChangeAsync(RoadFixture.Everything, assign, key);

        Assert.All(made, change => Assert.True(change.Status == ChangeStatus.Changed, change.Reason));
        Assert.Equal(["managed identity", "data encryption"], made.Select(change => change.Step));
        Assert.Equal(3, ((JsonObject)fixture.Sandbox.Find(cards.Value)!["identity"]!["userAssignedIdentities"]!).Count);
        Assert.All(await fixture.UndoAsync(), change => Assert.True(change.Status == ChangeStatus.Changed, change.Reason));
        Assert.Contains("key-cards-test", JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(cards.Value), "properties", "dataEncryption", "primaryKeyURI")), StringComparison.Ordinal);
        Assert.Equal(2, ((JsonObject)fixture.Sandbox.Find(cards.Value)!["identity"]!["userAssignedIdentities"]!).Count);
    }

    [Fact]
    public async Task Without_a_role_with_one_under_a_condition_or_where_roles_cannot_be_read_it_is_refused()
    {
        using RoadFixture fixture = RoadFixture.OfSampleEstate();
        Assert.Contains("has no role", (await SetAsync(fixture)).Reason, StringComparison.Ordinal);
        await AssignAsync(fixture, Vault, "@Resource[Microsoft.KeyVault/vaults/keys] StringEquals 'other'");
        Assert.Contains("under a condition", (await SetAsync(fixture)).Reason, StringComparison.Ordinal);
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Status, Status = 403, Method = "GET", Path = "*/vaults/kv-disputes/keys/key-disputes/providers/*" });
        Change unread = await SetAsync(fixture);
        Assert.Equal(ChangeStatus.Skipped, unread.Status);
        Assert.Contains("cannot be told", unread.Reason, StringComparison.Ordinal);
        Assert.Empty(fixture.Journal());
    }

    public static TheoryData<string, string, string> BrokenKeys() => new()
    {
        { "key", """{ "properties": { "attributes": { "enabled": false } } }""", "cannot be used: disabled" },
        { "key", """{ "properties": { "kty": "EC", "keySize": 256 } }""", "no RSA key" },
        { "key", """{ "properties": { "keySize": 1024 } }""", "no RSA key" },
        { "key", """{ "properties": { "attributes": { "exp": 1700000000 } } }""", "expired on" },
        { "vault", """{ "properties": { "enablePurgeProtection": null } }""", "purge protection" },
        { "vault", """{ "properties": { "enableSoftDelete": false } }""", "soft-delete" },
        { "vault", """{ "properties": { "networkAcls": { "bypass": "None" } } }""", "trusted Microsoft services" },
    };

    [Theory]
    [MemberData(nameof(BrokenKeys))]
    public void A_key_or_vault_that_would_fail_the_server_is_refused(string part, string patch, string reason)
    {
        Posture server = Server();
        ServerChange change = new(server.Id, "dataEncryption", Block(server.Id, Security + "/id"));
        Assert.DoesNotContain(Judge(Surrounded(server, "", ""), change).Verdicts, verdict => verdict.Needs is null);
        ChangeItem item = Judge(Surrounded(server, part, patch), change);
        Assert.Contains(item.Verdicts, verdict => verdict.Needs is null && verdict.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_of_which_nothing_is_known_is_refused()
    {
        Posture server = Server();
        ChangeItem item = Judge(server, new ServerChange(server.Id, "dataEncryption", Block(server.Id, Security + "/id")));
        Assert.Contains(item.Verdicts, verdict => verdict.Needs is null && verdict.Guard == "key");
        Assert.Contains(item.Verdicts, verdict => verdict.Needs is null && verdict.Guard == "keyIdentity" && verdict.Reason.Contains("cannot be told", StringComparison.Ordinal));
    }

    [Fact]
    public void Geo_redundant_backups_need_a_key_and_an_identity_of_their_own()
    {
        Posture server = OneServer.Posture("""
            { "server": { "properties": { "backup": { "geoRedundantBackup": "Enabled" }, "dataEncryption": { "type": "AzureKeyVault", "primaryKeyURI": "https://a.vault.azure.net/keys/a", "primaryUserAssignedIdentityId": "/x" } } } }
            """);
        JsonObject same = Block(server.Id, "/x");
        same["properties"]!["dataEncryption"]!["geoBackupKeyURI"] = Key;
        same["properties"]!["dataEncryption"]!["geoBackupUserAssignedIdentityId"] = "/x";
        Assert.Contains(Judge(server, new ServerChange(server.Id, "dataEncryption", same)).Verdicts, verdict => verdict.Guard == "geoKey");
    }

    private static Posture Server() => OneServer.Posture("""
        { "server": { "identity": { "type": "UserAssigned", "userAssignedIdentities": { "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-security-prod/id": { "principalId": "p" } } },
            "properties": { "backup": { "geoRedundantBackup": "Disabled" },
              "dataEncryption": { "type": "AzureKeyVault", "primaryKeyURI": "https://kv-old.vault.azure.net/keys/old",
                "primaryUserAssignedIdentityId": "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-security-prod/id", "primaryEncryptionKeyStatus": "Valid",
                "geoBackupKeyURI": null, "geoBackupUserAssignedIdentityId": null } } } }
        """);

    private static JsonObject Block(ServerId server, string identity)
    {
        _ = server;
        return new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["dataEncryption"] = new JsonObject { ["type"] = "AzureKeyVault", ["primaryKeyURI"] = Key, ["primaryUserAssignedIdentityId"] = identity },
            },
        };
    }

    private static Posture Surrounded(Posture server, string part, string patch)
    {
        JsonObject key = new()
        {
            ["properties"] = new JsonObject
            {
                ["kty"] = "RSA", ["keySize"] = 3072, ["keyUri"] = Key, ["attributes"] = new JsonObject { ["enabled"] = true },
            },
        };
        JsonObject vault = new()
        {
            ["properties"] = new JsonObject
            {
                ["vaultUri"] = "https://kv-disputes.vault.azure.net/", ["enableRbacAuthorization"] = true, ["enableSoftDelete"] = true, ["enablePurgeProtection"] = true,
                ["publicNetworkAccess"] = "Disabled", ["networkAcls"] = new JsonObject { ["bypass"] = "AzureServices", ["defaultAction"] = "Deny" },
            },
        };
        Apply(part == "key" ? key : vault, patch);
        JsonObject access = new() { ["properties"] = new JsonObject { ["mayUse"] = true } };
        return server.With(
            Of(FacetTypes.Keys, Vault + "/keys/key-disputes", "key-disputes", key),
            Of(FacetTypes.Vaults, Vault, "kv-disputes", vault),
            Of(Surroundings.KeyAccessType, server.Id.Value + "/access/primary", "primary", access));
    }

    private static void Apply(JsonObject target, string patch)
    {
        if (patch.Length == 0) return;
        JsonObject changed = (JsonObject)PgSecurity.Core.Remediation.MergePatch.Apply(target, JsonNode.Parse(patch))!;
        target["properties"] = changed["properties"]!.DeepClone();
    }

    private static Facet Of(string type, string id, string name, JsonObject body) =>
        new(type, new[] { new Resource(id, type, name, JsonSerializer.SerializeToElement(body)) });

    private static ChangeItem Judge(Posture posture, TargetChange change) =>
        new ChangePlanner(new PlanOptions()).Plan(posture, new[] { new ChangeItem(change, Array.Empty<string>()) }).Items[0];

    private static async Task<Change> SetAsync(RoadFixture fixture)
    {
        Posture cards = fixture.Postures.Single(posture => posture.Id.Name == "psql-cards-test");
        ServerChange change = new(cards.Id, "dataEncryption", Block(cards.Id, Identity));
        ChangeRequest request = new(cards.Id, Array.Empty<string>(), _ => new[] { new ChangeItem(change, Array.Empty<string>()) });
        return Assert.Single(await fixture.RunAsync(new[] { request }));
    }

    private static async Task AssignAsync(RoadFixture fixture, string scope, string? condition, string principal = Principal)
    {
        JsonObject properties = new() { ["roleDefinitionId"] = CryptoUser, ["principalId"] = principal, ["principalType"] = "ServicePrincipal" };
        if (condition is not null) properties["condition"] = condition;
        await fixture.Service.WriteAsync(
            WriteMethod.Put, $"{scope}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", new JsonObject { ["properties"] = properties }, CancellationToken.None);
    }
}
