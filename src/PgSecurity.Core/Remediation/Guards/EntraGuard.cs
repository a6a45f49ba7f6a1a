using System.Collections.Generic;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>Entra authentication goes off only where passwords are on.</summary>
internal sealed class EntraGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (!change.Becomes("properties.authConfig.activeDirectoryAuth", "Disabled")) yield break;
        if (!GuardedChange.Is(GuardedChange.Server(change.Before, "properties.authConfig.passwordAuth").Text, "Enabled"))
        {
            yield return GuardVerdict.Refuse("entraAdministrator", "Passwords are not known to be on: without Entra nobody could log in.");
            yield break;
        }

        if (change.Before.FacetOf(Postures.FacetTypes.Administrators).Resources.Count > 0)
        {
            yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "Everybody who comes in through Entra loses their way in, the administrators as well.");
        }
    }
}
