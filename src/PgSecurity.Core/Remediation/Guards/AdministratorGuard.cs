using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>The last Entra administrator stays while there is no other way in. Administrators cannot be changed in place.</summary>
internal sealed class AdministratorGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change.Type != FacetTypes.Administrators) yield break;
        if (change.Change is ResourcePut put)
        {
            if (change.Current is not null)
            {
                yield return GuardVerdict.Refuse("administrator", "An administrator cannot be changed in place: remove it and add it again (Remove-PgEntraAdministrator, Add-PgEntraAdministrator).");
            }

            if (put.Sent("principalName").Length == 0) yield return GuardVerdict.Refuse("administrator", "An administrator needs a name (principalName).");
            if (!GuardedChange.Is(GuardedChange.Server(change.Before, "properties.authConfig.activeDirectoryAuth").Text, "Enabled"))
            {
                yield return GuardVerdict.Refuse("administrator", "Entra authentication is not on: it comes before administrators (Set-PgAuthentication -Entra Enabled -TenantId <tenant>).");
            }
        }

        if (change.Change.Method != WriteMethod.Delete) yield break;
        if (GuardedChange.Is(GuardedChange.Server(change.Before, "properties.authConfig.passwordAuth").Text, "Enabled")) yield break;
        Facet left = change.After.FacetOf(FacetTypes.Administrators);
        bool someoneStays = left.Resources.Any(one => ResourceField.Of(one, "properties.principalType").Text is string kind
            && (GuardedChange.Is(kind, "User") || GuardedChange.Is(kind, "Group")));
        if (!someoneStays)
        {
            yield return GuardVerdict.Refuse(
                "lastEntraAdministrator", "Passwords are off, and no person or group would be left as administrator. Add another one first (Add-PgEntraAdministrator).");
        }
    }
}
