using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>
/// Statements in a database: never on the role that runs them, which could end with less than it needs to take them back; not
/// on a replica, which takes none; and with consent where somebody may not be able to log in any more.
/// </summary>
internal sealed class RowGuard : IGuard
{
    private const string Roles = "PgSecurity/databaseRoles";
    private const string Loss = "connectivityLoss";

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change is not RowChange row) yield break;
        string role = JsonShape.Text(JsonShape.Member(RowChange.Columns(row.WrittenFrom), "role"));
        if (row.Type == Roles && role.Length > 0 && role == row.Login)
        {
            yield return GuardVerdict.Refuse("ownRole", $"It is about {role}, the role that would run it. Log in as another one that may change it.");
        }

        if (GuardedChange.Server(change.Before, "properties.replicationRole").Text is string kind && kind.EndsWith("Replica", System.StringComparison.OrdinalIgnoreCase))
        {
            yield return GuardVerdict.Refuse("replica", "A read replica takes no statements that change something: repair its primary, from which they come.");
        }

        if (row.Guards.Contains(Loss))
        {
            yield return GuardVerdict.Ask(Loss, Consent.ConnectivityLoss, $"Whoever logs in as {role} may be refused.");
        }
    }
}
