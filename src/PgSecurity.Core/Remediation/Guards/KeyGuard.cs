using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>A server gets another key only where an identity of its own comes with it: without its key it stops.</summary>
internal sealed class KeyGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change is not ServerChange { Concern: "dataEncryption" } set) yield break;
        foreach (string member in new[] { "primaryUserAssignedIdentityId", "geoBackupUserAssignedIdentityId" })
        {
            string identity = GuardedChange.Server(change.After, "properties.dataEncryption." + member).Text ?? "";
            if (identity.Length > 0 && !Assigned(change.Before).Any(own => GuardedChange.Is(own, identity)))
            {
                yield return GuardVerdict.Refuse("keyIdentity", $"The identity '{ResourceId.NameOf(identity)}' is not assigned to the server. Assign it first, and let it use the key.");
            }
        }

        if (set.Sent("dataEncryption", "primaryKeyURI").Length > 0
            && GuardedChange.Server(change.After, "properties.dataEncryption.primaryUserAssignedIdentityId").Text is not { Length: > 0 })
        {
            yield return GuardVerdict.Refuse("keyIdentity", "A key needs an identity that may use it.");
        }

        yield return GuardVerdict.Ask("connectivityLoss", Consent.ConnectivityLoss, "Where the identity may not wrap and unwrap with the key, the server becomes inaccessible.");
    }

    private static IEnumerable<string> Assigned(Posture posture) =>
        JsonShape.At(JsonShape.Copy(posture.Server.Body), "identity", "userAssignedIdentities") is System.Text.Json.Nodes.JsonObject map
            ? map.Select(entry => entry.Key)
            : Enumerable.Empty<string>();
}
