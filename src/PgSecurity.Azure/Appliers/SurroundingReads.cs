using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Collectors;
using PgSecurity.Azure.Credentials;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Azure.Appliers;

/// <summary>Reads what stands around a server and is not its own yet. What cannot be read leaves a gap with the reason.</summary>
internal sealed class SurroundingReads
{
    private readonly AzureSession _session;
    private readonly CollectionRun _run;
    private readonly ArmResourceService _service;
    private readonly CancellationToken _stop;

    internal SurroundingReads(AzureSession session, CancellationToken stop)
    {
        _session = session;
        _run = new CollectionRun(session, Array.Empty<string>(), stop);
        _service = new ArmResourceService(session);
        _stop = stop;
    }

    internal async Task<Posture> AddAsync(Posture posture, Surroundings surroundings)
    {
        foreach (NamedResource named in surroundings.Resources)
        {
            posture = await AddResourceAsync(posture, named).ConfigureAwait(false);
        }

        foreach (string scope in surroundings.LockScopes)
        {
            Collected locks = await _run.InSubscriptionAsync(ResourceId.SubscriptionOf(scope) ?? "", FacetTypes.Locks).ConfigureAwait(false);
            posture = With(posture, FacetTypes.Locks, locks.Where(held => ResourceId.Covers(Bodies.ScopeOf(held), scope)));
        }

        foreach (KeyUse use in surroundings.Keys)
        {
            posture = await AddKeyAsync(posture, use).ConfigureAwait(false);
        }

        foreach (string name in surroundings.ServerNames)
        {
            Fact fact = await NameAsync(posture.Id, name).ConfigureAwait(false);
            posture = With(posture, Surroundings.ServerNameType, new Collected(new[] { fact.ToResource(posture, Surroundings.ServerNameType, name) }));
        }

        return posture;
    }

    private async Task<Posture> AddResourceAsync(Posture posture, NamedResource named)
    {
        Collected found;
        try
        {
            JsonElement? body = await _service.FindAsync(named.Id, _stop).ConfigureAwait(false);
            found = body is JsonElement there
                ? new Collected(new[] { new Resource(named.Id, named.Type, ResourceId.NameOf(named.Id), there) })
                : Collected.None;
        }
        catch (ServiceFault fault)
        {
            found = Collected.Unavailable(fault.Message);
        }

        return With(posture, named.Type, found);
    }

    private async Task<Posture> AddKeyAsync(Posture posture, KeyUse use)
    {
        if (KeyName.Read(use.KeyUri) is not KeyName name) return posture;
        string keyType = name.IsManagedHsm ? FacetTypes.ManagedHsmKeys : FacetTypes.Keys;
        Collected store = await _run.KeyStoreAsync(name).ConfigureAwait(false);
        Collected key = await _run.KeyAsync(name, keyType).ConfigureAwait(false);
        posture = With(posture, name.IsManagedHsm ? FacetTypes.ManagedHsms : FacetTypes.Vaults, store);
        posture = With(posture, keyType, key);
        Fact access = await AccessAsync(posture, use, name, key).ConfigureAwait(false);
        return With(posture, Surroundings.KeyAccessType, new Collected(new[] { access.ToResource(posture, Surroundings.KeyAccessType, use.Usage) }));
    }

    private async Task<Fact> AccessAsync(Posture posture, KeyUse use, KeyName name, Collected key)
    {
        Fact fact = new();
        if (name.IsManagedHsm) return fact.SetUnknown("mayUse", "a managed HSM keeps the roles of its keys in itself, where PgSecurity does not look");
        if (key.Resources.Count == 0) return fact.SetUnknown("mayUse", key.Gap?.Reason ?? "there is no such key");
        string? identity = use.IdentityId ?? ResourceField.Of(posture.Server, $"properties.dataEncryption.{use.Usage}UserAssignedIdentityId").Text;
        if (identity is null) return fact.SetUnknown("mayUse", "no identity is named for the key");
        try
        {
            string? principal = await PrincipalAsync(posture, identity).ConfigureAwait(false);
            return principal is null
                ? fact.SetUnknown("mayUse", $"the principal of the identity {ResourceId.NameOf(identity)} is not known")
                : await new KeyRoles(_session.Arm, _stop).DescribeAsync(fact, key.Resources[0].Id, principal).ConfigureAwait(false);
        }
        catch (ArmException error)
        {
            return fact.SetUnknown("mayUse", error.Fault.Reason);
        }
    }

    private async Task<string?> PrincipalAsync(Posture posture, string identity)
    {
        JsonElement assigned = ResourceField.Of(posture.Server, "identity.userAssignedIdentities").Value;
        if (assigned.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty one in assigned.EnumerateObject())
            {
                bool isIt = string.Equals(one.Name.Trim('/'), identity.Trim('/'), StringComparison.OrdinalIgnoreCase);
                if (isIt && ResourceField.In(one.Value, "principalId").Text is string known) return known;
            }
        }

        JsonElement? resource = await _session.Arm.FindAsync(identity, _stop).ConfigureAwait(false);
        return resource is JsonElement body ? ResourceField.In(body, "properties.principalId").Text : null;
    }

    private async Task<Fact> NameAsync(ServerId server, string name)
    {
        Fact fact = new();
        try
        {
            JsonElement answer = await _session.Arm.AskAsync(
                $"/subscriptions/{server.SubscriptionId}/providers/Microsoft.DBforPostgreSQL/checkNameAvailability",
                new JsonObject { ["name"] = name, ["type"] = FacetTypes.Server },
                _stop).ConfigureAwait(false);
            return fact.Set("nameAvailable", ResourceField.In(answer, "nameAvailable")).Set("message", ResourceField.In(answer, "message"));
        }
        catch (ArmException error)
        {
            return fact.SetUnknown("nameAvailable", error.Fault.Reason);
        }
    }

    /// <summary>The posture with more in a facet. What is not found leaves a complete facet complete.</summary>
    private static Posture With(Posture posture, string type, Collected found)
    {
        Facet facet = posture.FacetOf(type);
        List<Resource> resources = facet.Resources
            .Where(known => !found.Resources.Any(more => string.Equals(more.Id, known.Id, StringComparison.OrdinalIgnoreCase)))
            .Concat(found.Resources)
            .ToList();
        FacetGap? gap = found.Gap
            ?? (facet.Gap is { Kind: FacetGapKind.NotCollected }
                ? new FacetGap(FacetGapKind.Partial, found.Resources.Count == 0 ? "there is none of that id" : "only what a change names was asked for")
                : facet.Gap);
        return posture.With(new Facet(type, resources, gap));
    }
}
