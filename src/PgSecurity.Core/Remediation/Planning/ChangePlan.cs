using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>What would be done to one server, in order, and what would not, and why.</summary>
public sealed class ChangePlan
{
    internal ChangePlan(Posture posture, IReadOnlyList<ChangeItem> items, IReadOnlyList<UnplannedControl> unplanned, string risk)
    {
        Posture = posture;
        Items = items;
        Unplanned = unplanned;
        Risk = risk;
    }

    /// <summary>The server as it was when the plan was made.</summary>
    public Posture Posture { get; }

    /// <summary>The changes in order; those with a <see cref="ChangeItem.Refusal"/> are not sent.</summary>
    public IReadOnlyList<ChangeItem> Items { get; }

    /// <summary>The controls that were asked for and for which there is no change.</summary>
    public IReadOnlyList<UnplannedControl> Unplanned { get; }

    /// <summary>What is to be known about all changes of this server: who else may undo them.</summary>
    public string Risk { get; }

    /// <summary>The plan as a user sees it.</summary>
    public IEnumerable<PlannedChange> Show() => Items
        .Select((item, index) => item.Show(index + 1, Risk))
        .Concat(Unplanned.Where(one => !one.IsCompliant).Select(one => new PlannedChange
        {
            ResourceId = Posture.Id.Value,
            ServerName = Posture.Id.Name,
            ControlId = new[] { one.ControlId },
            Step = "(none)",
            Guard = one.Reason,
            Risk = Risk,
        }));
}
