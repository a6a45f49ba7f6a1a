using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Core.Remediation.Undo;
using PgSecurity.Sandbox;
using PgSecurity.Sandbox.Faults;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>Passwords, Entra authentication and Entra administrators.</summary>
public sealed class AuthenticationBehaviourTests
{
    private const string PasswordsOn = """{ "server": { "properties": { "authConfig": { "passwordAuth": "Enabled" } } } }""";
    private const string EntraOff = """
        { "server": { "properties": { "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled" } } },
          "facets": { "Microsoft.DBforPostgreSQL/flexibleServers/administrators": [], "Microsoft.Authorization/locks": [] } }
        """;

    private const string Group = "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d";
    private const string Tenant = "6b0f8a52-93c4-4e1d-a7f6-1c2d3e4f5a6b";

    private static readonly ControlSettings Settings = RoadFixture.Settings(
        ("entraTenantId", Tenant), ("entraAdministratorObjectId", Group), ("entraAdministratorName", "grp-payments-dba"));

    [BehaviourFact(26, "passwords come back only with the login, which is hidden meanwhile, and a new password")]
    public async Task Passwords_come_back_only_with_a_new_password()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(PasswordsOn) });
        Change off = Assert.Single(await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "IDN-002")));
        Assert.Equal(ChangeClass.WithSecret, off.Class);
        Assert.Equal("", ServerText(fixture, "administratorLogin"));
        Assert.Equal("EngineCredentialsNotProvided", await fixture.SendAsync(WriteMethod.Patch, off.TargetId, """{ "properties": { "authConfig": { "passwordAuth": "Enabled" } } }"""));

        Change refused = Assert.Single(await fixture.UndoAsync(new UndoOptions()));
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("-AdministratorPassword", refused.Reason, StringComparison.Ordinal);

        Change back = Assert.Single(await fixture.UndoAsync(new UndoOptions { Password = () => "Correct-Horse-7-Battery" }));
        Assert.Equal(ChangeStatus.Changed, back.Status);
        Assert.All(Directory.GetFiles(fixture.Journals), path => Assert.DoesNotContain("Correct-Horse", File.ReadAllText(path), StringComparison.Ordinal));
        Assert.Equal("pgadmin_contoso", ServerText(fixture, "administratorLogin"));
    }

    [BehaviourFact(27, "some clients put passwords on with a PUT of the whole server: here a PATCH of the one concern does")]
    public async Task Passwords_come_back_with_a_patch()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(PasswordsOn) });
        await fixture.RepairAsync(RoadFixture.Controls(ControlSettings.None, "IDN-002"));
        Dictionary<string, string> start = EstateFacts.Of(fixture.Sandbox);

        await fixture.UndoAsync();

        Assert.All(fixture.Sandbox.Writes, write => Assert.Equal("PATCH", write.Method));
        Dictionary<string, string> end = EstateFacts.Of(fixture.Sandbox);
        Assert.Equal(
            new[] { "administratorLogin", "passwordAuth" },
            start.Keys.Union(end.Keys).Where(path => start.GetValueOrDefault(path) != end.GetValueOrDefault(path)).Select(path => path[(path.LastIndexOf('/') + 1)..]).Order(StringComparer.Ordinal));
    }

    [BehaviourFact(28, "a preview refuses a server without a local login: the stable version is spoken everywhere")]
    public async Task A_server_without_a_login_is_made_with_the_stable_version()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        string made = fixture.Postures[0].Id.Value + "-new";
        const string EntraOnly = """
            { "location": "westeurope", "sku": { "name": "Standard_D2ds_v5", "tier": "GeneralPurpose" },
              "properties": { "createMode": "Default", "version": "17", "storage": { "storageSizeGB": 32 }, "authConfig": { "activeDirectoryAuth": "Enabled", "passwordAuth": "Disabled" } } }
            """;
        Assert.NotEqual("Succeeded", await fixture.SendAsync(WriteMethod.Put, made + "?api-version=2026-01-01-preview", EntraOnly));

        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Put, made, EntraOnly));
        Assert.Equal("2025-08-01", ArmApiVersions.For(made));
    }

    [BehaviourFact(29, "Entra without an administrator lets nobody in: on, administrator, and only then passwords off")]
    public async Task Entra_comes_before_the_administrator_and_passwords_go_last()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(EntraOff) });
        Change alone = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, Authentication(fixture, "passwordAuth", "Disabled")));
        Assert.Equal(ChangeStatus.Skipped, alone.Status);

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(Settings, "IDN-002", "IDN-003", "IDN-001"));

        Assert.Equal(new[] { "authentication", "Entra administrator " + Group, "authentication" }, changes.Select(change => change.Step));
        Assert.All(changes, change => Assert.Equal(ChangeStatus.Changed, change.Status));
        Assert.Equal("Disabled", ServerText(fixture, "authConfig", "passwordAuth"));
    }

    [BehaviourFact(29, "where the administrator cannot be added, passwords stay on")]
    public async Task Passwords_stay_where_no_administrator_came()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture(EntraOff) });
        fixture.Sandbox.Faults.Add(new FaultRule { Kind = FaultKind.Forbidden, Method = "PUT", Path = "*/administrators/*" });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(Settings, "IDN-001", "IDN-002", "IDN-003"));

        Assert.Equal(new[] { ChangeStatus.Changed, ChangeStatus.Failed, ChangeStatus.Skipped }, changes.Select(change => change.Status));
        Assert.Equal("Enabled", ServerText(fixture, "authConfig", "passwordAuth"));
    }

    [BehaviourFact(30, "administrators are refused for minutes after a change of the authentication: they are tried for minutes")]
    public async Task Administrators_are_tried_for_minutes()
    {
        using RoadFixture fixture = new(
            new[] { OneServer.Posture(EntraOff) },
            new SandboxOptions { Pace = SandboxPace.Manual, Quirks = new SandboxQuirks { AdministratorsRefusedAfterAuthChange = TimeSpan.FromMinutes(5) } });

        IReadOnlyList<Change> changes = await fixture.RepairAsync(RoadFixture.Controls(Settings, "IDN-001", "IDN-003"));

        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed, change + " " + change.Reason));
        Assert.True(changes[1].Attempts > 1);
        Assert.Contains(fixture.Sandbox.Writes, write => write.Code == "AadAuthOperationCannotBePerformedWhenServerIsNotAccessible");
    }

    [BehaviourFact(31, "administrators that are added side by side fail: they are added one after another")]
    public async Task Administrators_are_added_one_after_another()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") }, new SandboxOptions { Pace = SandboxPace.Manual });
        ServerId server = fixture.Postures[0].Id;
        string first = Administrator(server, 1), second = Administrator(server, 2);
        SandboxResponse one = Begin(fixture, first), two = Begin(fixture, second);
        Assert.Equal(new[] { 202, 202 }, new[] { one.Status, two.Status });
        Assert.Equal("Failed", fixture.Sandbox.Writes[1].Status);
        fixture.Sandbox.Clock.Advance(TimeSpan.FromMinutes(5));

        IEnumerable<ChangeRequest> apart = Enumerable.Range(3, 4).Select(number => new ChangeRequest(
            server,
            new[] { FacetTypes.Administrators },
            _ => new[] { new Core.Remediation.Planning.ChangeItem(Add(server, number), Array.Empty<string>()) }));
        IReadOnlyList<Change> changes = await fixture.RunAsync(apart, RoadFixture.Options(RoadFixture.Everything) with { ThrottleLimit = 8 });

        Assert.Equal(4, changes.Count);
        Assert.All(changes, change => Assert.True(change.Status == ChangeStatus.Changed && change.Attempts == 1, change + " " + change.Reason));
    }

    [BehaviourFact(32, "an administrator cannot be changed in place: it is refused before it is sent")]
    public async Task An_administrator_is_not_changed_in_place()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;
        string id = $"{server.Value}/administrators/{Group}";
        Assert.Equal(
            "AadAuthPrincipalUpdateNotSupported",
            await fixture.SendAsync(WriteMethod.Put, id, """{ "properties": { "principalName": "another-name", "principalType": "Group" } }"""));
        int writes = fixture.Sandbox.Writes.Count;

        Change change = Assert.Single(await fixture.ChangeAsync(
            RoadFixture.Everything,
            new ResourcePut(server, FacetTypes.Administrators, id, Group, new JsonObject { ["principalName"] = "another-name", ["principalType"] = "Group" })));

        Assert.Equal(ChangeStatus.Skipped, change.Status);
        Assert.Contains("cannot be changed in place", change.Reason, StringComparison.Ordinal);
        Assert.Equal(writes, fixture.Sandbox.Writes.Count);
    }

    [BehaviourFact(33, "the service removes the last administrator without a word: here it stays while passwords are off")]
    public async Task The_last_administrator_stays()
    {
        using RoadFixture fixture = new(new[] { OneServer.Posture("{}") });
        ServerId server = fixture.Postures[0].Id;
        string id = $"{server.Value}/administrators/{Group}";

        Change refused = Assert.Single(await fixture.ChangeAsync(RoadFixture.Everything, new ResourceDelete(server, FacetTypes.Administrators, id, Group)));

        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("lastEntraAdministrator", refused.Reason, StringComparison.Ordinal);
        Assert.NotNull(fixture.Sandbox.Find(id));
        fixture.Sandbox.Remove("/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-payments-prod/providers/Microsoft.DBforPostgreSQL/flexibleServers/contoso-payments/providers/Microsoft.Authorization/locks/do-not-delete");
        Assert.Equal("Succeeded", await fixture.SendAsync(WriteMethod.Delete, id, null));
    }

    [BehaviourFact(35, "administrators outlive their accounts: only one whose account is known to be gone is removed, and only by its control")]
    public async Task An_administrator_of_a_deleted_account_is_removed_by_its_control_alone()
    {
        const string Orphan = "0badc0de-5e4f-4a3b-8c2d-1e0f9a8b7c6d";
        string posture = "{ \"facets\": { \"Microsoft.Authorization/locks\": [] }, \"resources\": { \"Microsoft.DBforPostgreSQL/flexibleServers/administrators\": { \"" + Orphan
            + "\": { \"properties\": { \"principalType\": \"User\", \"principalName\": \"gone@contoso.com\", \"objectId\": \"" + Orphan + "\" } } } } }";
        using RoadFixture fixture = new(new[] { OneServer.Posture(posture) });
        string id = $"{fixture.Postures[0].Id.Value}/administrators/{Orphan}";

        IReadOnlyList<Change> others = await fixture.RepairAsync(RoadFixture.Controls(Settings, Repository.Catalogue.Controls.Select(control => control.Id).Where(one => one is not ("IDN-006" or "ACC-007")).ToArray()));
        Assert.DoesNotContain(others, change => change.TargetId == id);
        Assert.NotNull(fixture.Sandbox.Find(id));

        Finding finding = Assert.Single(await fixture.FindingsAsync(RoadFixture.Controls(Settings, "IDN-006")));
        IReadOnlyList<Change> own = await fixture.RepairAsync(RoadFixture.Controls(Settings, "IDN-006"));
        Assert.Equal(Outcome.Fail, finding.Outcome);
        Assert.Equal(ChangeStatus.Changed, Assert.Single(own).Status);
        Assert.Null(fixture.Sandbox.Find(id));
    }

    private static ServerChange Authentication(RoadFixture fixture, string member, string value) => new(
        fixture.Postures[0].Id, "authConfig", new JsonObject { ["properties"] = new JsonObject { ["authConfig"] = new JsonObject { [member] = value } } });

    private static string Administrator(ServerId server, int number) => $"{server.Value}/administrators/{number:00000000}-5e4f-4a3b-8c2d-1e0f9a8b7c6d";

    private static ResourcePut Add(ServerId server, int number)
    {
        string id = Administrator(server, number);
        return new ResourcePut(server, FacetTypes.Administrators, id, id[(id.LastIndexOf('/') + 1)..], new JsonObject { ["principalName"] = "grp-" + number, ["principalType"] = "Group" });
    }

    private static SandboxResponse Begin(RoadFixture fixture, string id) => fixture.Sandbox.Handle(
        SandboxRequest.Arm("PUT", id + "?api-version=2025-08-01", """{ "properties": { "principalName": "grp", "principalType": "Group" } }"""));

    private static string ServerText(RoadFixture fixture, params string[] path) =>
        JsonShape.Text(JsonShape.At(fixture.Sandbox.Find(fixture.Postures[0].Id.Value), path.Prepend("properties").ToArray()));
}
