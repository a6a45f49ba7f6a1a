using System.Collections.Generic;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>A lock is somebody's decision: it is never taken away for a change. Where locks cannot be read, the service refuses by itself.</summary>
internal sealed class LockGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        // Locks hold in Resource Manager; statements in a database do not meet them.
        if (change.Change.Type == FacetTypes.Locks || change.Change.Method == WriteMethod.Sql) yield break;
        foreach (Resource held in change.Before.FacetOf(FacetTypes.Locks).Resources)
        {
            string level = ResourceField.Of(held, "properties.level").Text ?? "";
            if (!ResourceId.Covers(ResourceId.ScopeOf(held.Id), change.Change.Id)) continue;
            bool stands = GuardedChange.Is(level, "ReadOnly")
                || (GuardedChange.Is(level, "CanNotDelete") && change.Change.Method == WriteMethod.Delete);
            if (stands) yield return GuardVerdict.Refuse("lock", $"The lock '{held.Name}' ({level}) stands against it. Whoever set it can remove it.");
        }
    }
}
