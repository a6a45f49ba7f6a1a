using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>Passwords go off only where a person or group can come in through Entra.</summary>
internal sealed class PasswordGuard : IGuard
{
    private const string Name = "entraAdministrator";

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (!change.Becomes("properties.authConfig.passwordAuth", "Disabled")) yield break;
        if (!GuardedChange.Is(GuardedChange.Server(change.Before, "properties.authConfig.activeDirectoryAuth").Text, "Enabled"))
        {
            yield return GuardVerdict.Refuse(Name, "Entra authentication is not on: nobody could log in without a password. Turn it on first (Set-PgAuthentication -Entra Enabled -TenantId <tenant>).");
            yield break;
        }

        Facet administrators = change.Before.FacetOf(FacetTypes.Administrators);
        List<string> kinds = administrators.Resources.Select(one => ResourceField.Of(one, "properties.principalType").Text ?? "").ToList();
        if (!kinds.Any(kind => GuardedChange.Is(kind, "User") || GuardedChange.Is(kind, "Group")))
        {
            yield return GuardVerdict.Refuse(Name, kinds.Count > 0
                ? "The only Entra administrators are services (managed identities, service principals): no person could log in. Add a user or a group first (Add-PgEntraAdministrator)."
                : administrators.Gap is { } gap
                    ? $"Whether there is an Entra administrator cannot be told ({gap.Reason})."
                    : "There is no Entra administrator: nobody could log in. Add one first (Add-PgEntraAdministrator).");
            yield break;
        }

        yield return GuardVerdict.Ask(
            "connectivityLoss", Consent.ConnectivityLoss, "Clients with a password cannot log in any more. To take it back a new password for the server's login is needed.");
    }
}
