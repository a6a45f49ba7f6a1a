using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Whether administrative operations on the server reach somebody through an activity-log alert. One resource for each
/// target of operations (<c>server</c>, <c>firewallRules</c>, <c>configurations</c>, <c>administrators</c>), with the
/// <c>alerts</c> that watch it, and <c>state</c>: <c>watched</c>, or what is missing. An alert watches an operation when
/// it is enabled, a scope of it holds the server, its condition lets every such event pass, and one of its action groups
/// is enabled and has an enabled receiver. Suppression by alert processing rules is not seen.
/// </summary>
public sealed class ActivityAlerts : IDerivedFacet
{
    /// <summary>The type of the resources.</summary>
    public const string FacetType = "PgSecurity/activityAlerts";

    // Parameters can be written and not deleted: the service has no such operation.
    private static readonly (string Target, string Type, string[] Verbs)[] Targets =
    {
        ("server", FacetTypes.Server, new[] { "write", "delete" }),
        ("firewallRules", FacetTypes.FirewallRules, new[] { "write", "delete" }),
        ("configurations", FacetTypes.Configurations, new[] { "write" }),
        ("administrators", FacetTypes.Administrators, new[] { "write", "delete" }),
    };

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.ActivityLogAlerts, FacetTypes.ActionGroups };

    /// <inheritdoc/>
    public Facet Derive(Posture posture) =>
        new(Type, Targets.Select(target => Watch(posture, target.Target, target.Type, target.Verbs)).ToArray());

    private static Resource Watch(Posture posture, string target, string type, string[] verbs)
    {
        WatchedOperation[] operations = verbs
            .Select(verb => WatchedOperation.Of(posture, new ActivityOperation(type, verb, posture.Id)))
            .ToArray();
        Fact fact = new Fact().Set("alerts", operations.Select(one => one.Alert).OfType<string>().Distinct());
        WatchedOperation[] missed = operations.Where(one => one.Watched == Truth.False).ToArray();
        if (missed.Length > 0) fact.Set("state", Missing(missed, operations.Length));
        else if (operations.FirstOrDefault(one => one.Watched == Truth.Unknown) is { } open) fact.SetUnknown("state", open.Reason);
        else fact.Set("state", "watched");
        return fact.ToResource(posture, FacetType, target);
    }

    private static string Missing(WatchedOperation[] missed, int operations) =>
        missed.Length == operations && missed.Select(one => one.Reason).Distinct().Count() == 1
            ? missed[0].Reason
            : string.Join("; ", missed.Select(one => $"on {one.Operation.Verb}: {one.Reason}"));
}
