using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>Only SCRAM is accepted only where no role has a password stored as MD5, which the database alone can tell.</summary>
internal sealed class ScramGuard : IGuard
{
    /// <summary>The guard's name.</summary>
    public const string Name = "noMd5Roles";

    /// <summary>The parameter that says which passwords are accepted.</summary>
    public const string Parameter = "azure.accepted_password_auth_method";

    /// <summary>What kind of password each role has, as the database itself says (IDN-101).</summary>
    public const string Kinds = "PgSecurity/passwordKinds";

    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (!change.SetsParameter(Parameter)) yield break;
        if (ParameterList.Members(Targets.ParameterChange.ValueOf(change.Body)).Any(method => GuardedChange.Is(method, "md5"))) yield break;
        if (GuardedChange.Is(GuardedChange.Server(change.Before, "properties.authConfig.passwordAuth").Text, "Disabled")) yield break;

        Facet roles = change.Before.FacetOf(Kinds);
        List<string> md5 = roles.Resources.Where(role => GuardedChange.Is(Kind(role).Text, "MD5")).Select(role => role.Name).ToList();
        if (md5.Count > 0)
        {
            yield return GuardVerdict.Refuse(Name, $"Passwords of {string.Join(", ", md5.Take(5))} are stored as MD5: these roles could not log in. Have them set anew first.");
        }
        else if ((roles.Gap?.Reason ?? roles.Resources.Select(role => Kind(role).Text is null ? "the kind of " + role.Name + "'s password is not known" : null).FirstOrDefault(reason => reason is not null)) is string unknown)
        {
            yield return GuardVerdict.Refuse(
                Name,
                $"Whether a role's password is stored as MD5 cannot be told ({unknown}): such roles could not log in. "
                + "Give a login to the databases, so that it can be read: -Credential, or -UserName for the connection's own identity.");
        }
        else
        {
            yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "Clients whose driver does not know SCRAM cannot log in any more.");
        }
    }

    private static ResourceField Kind(Resource role) => ResourceField.Of(role, "properties.kind");
}
