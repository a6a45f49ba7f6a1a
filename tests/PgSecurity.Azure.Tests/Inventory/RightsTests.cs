using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using PgSecurity.Azure.Inventory;
using PgSecurity.Azure.Tests.Remediation;
using PgSecurity.Core.Controls;
using PgSecurity.Sandbox;
using Xunit;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>What is sent, and what Test-PgSecurityPermission says that it takes: no request without its action.</summary>
public sealed partial class RightsTests
{
    // Anybody who is signed in may ask these; what they then see is what their roles let them see.
    private static readonly string[] Open = ["GET /subscriptions", "GET Microsoft.ResourceGraph/resources", "POST Microsoft.ResourceGraph/resources"];

    [Fact]
    public async Task An_audit_of_every_control_sends_no_request_beyond_the_rights_to_read()
    {
        SandboxArm arm = SandboxArm.Load(SampleEstate.Snapshot);
        await SampleEstate.CollectAsync(SampleEstate.Session(arm), SampleEstate.Evaluator());
        AssertCovered(arm, ReadRights.Actions);
        Assert.DoesNotContain(arm.Requests.ByKind.Keys, kind => kind.StartsWith("P", StringComparison.Ordinal) && !kind.StartsWith("POST ", StringComparison.Ordinal) || kind.StartsWith("DELETE ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repair_of_the_whole_estate_and_its_undo_send_no_request_beyond_the_rights_of_changes()
    {
        using RoadFixture estate = RoadFixture.OfSampleEstate();
        IReadOnlyList<CompiledControl> controls = RoadFixture.Controls(EstateRepairTests.Settings);
        Assert.Contains(await estate.RepairAsync(controls), change => change.Status == ChangeStatus.Changed);
        Assert.Contains(await estate.UndoAsync(), change => change.Status == ChangeStatus.Changed);
        Assert.NotEqual(0, estate.Sandbox.Requests.Writes);
        AssertCovered(estate.Sandbox, ReadRights.Actions.Concat(ChangeRights.AllActions));
    }

    [Fact]
    public void No_right_has_a_wildcard_and_none_is_in_two_classes()
    {
        string[] all = ReadRights.Actions.Concat(ChangeRights.AllActions).ToArray();
        Assert.All(all, action => Assert.DoesNotContain('*', action));
        Assert.Equal(all.Length, all.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(ReadRights.Actions, action => Assert.EndsWith("/read", action, StringComparison.Ordinal));
    }

    private static void AssertCovered(SandboxArm arm, IEnumerable<string> rights)
    {
        HashSet<string> held = new(rights, StringComparer.OrdinalIgnoreCase);
        List<string> missing = arm.Requests.ByKind.Keys
            .Where(kind => !IsOpen(kind))
            .Select(kind => (Kind: kind, Action: ActionOf(kind)))
            .Where(request => request.Action is not null && !held.Contains(request.Action))
            .Select(request => $"{request.Kind} needs {request.Action}")
            .ToList();
        Assert.True(missing.Count == 0, string.Join("\n", missing));
    }

    private static bool IsOpen(string kind) => Open.Contains(kind, StringComparer.OrdinalIgnoreCase) || kind.Contains("/v1.0/", StringComparison.Ordinal);

    /// <summary>The action of a request: the type that its path names, and what its method does.</summary>
    private static string? ActionOf(string kind)
    {
        string[] parts = kind.Split(' ', 2);
        if (parts[1].StartsWith("subscriptions/", StringComparison.Ordinal)) return "Microsoft.Resources/subscriptions/read";
        string type = Names().Replace(parts[1], "");
        return parts[0] switch
        {
            "GET" => IsOperation(type) ? null : type + "/read",
            "PUT" or "PATCH" => type + "/write",
            "DELETE" => type + "/delete",
            _ => type + "/action",
        };
    }

    // Whoever began an operation may ask how it goes.
    private static bool IsOperation(string type) =>
        type.Contains("/azureAsyncOperation", StringComparison.OrdinalIgnoreCase) || type.Contains("/operationResults", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"/\*")]
    private static partial Regex Names();
}
