using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// Reads Azure Policy's own exemptions: of each subscription those that hold in it, those of its management groups among
/// them, with the assignments and initiatives that say what they exempt. Two listings a subscription, and what they name.
/// </summary>
public sealed class PolicyExemptionSource
{
    private const string Exemptions = "/providers/Microsoft.Authorization/policyExemptions";
    private const string Assignments = "/providers/Microsoft.Authorization/policyAssignments";

    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly AzureSession _session;
    private readonly PolicyExemptionReader _reader;
    private readonly CancellationToken _stop;

    /// <summary>Makes a source.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="reader">What is given what is read.</param>
    /// <param name="stop">Ends every wait.</param>
    public PolicyExemptionSource(AzureSession session, PolicyExemptionReader reader, CancellationToken stop)
    {
        _session = session;
        _reader = reader;
        _stop = stop;
    }

    private string Source => _session.Arm.Endpoint.ToString();

    /// <summary>Reads the exemptions of subscriptions; of all that the connection sees where none is named.</summary>
    /// <param name="subscriptions">Ids or display names.</param>
    /// <param name="failed">Gets what could not be read, and why.</param>
    /// <exception cref="ArmException">The subscriptions could not be listed.</exception>
    public async Task ReadAsync(IReadOnlyList<string> subscriptions, Action<string, ArmFault> failed)
    {
        foreach (string id in await new SubscriptionLookup(_session, _stop).FindAsync(subscriptions, Array.Empty<string>(), failed).ConfigureAwait(false))
        {
            await ReadSubscriptionAsync(id, failed).ConfigureAwait(false);
        }
    }

    private async Task ReadSubscriptionAsync(string id, Action<string, ArmFault> failed)
    {
        string scope = "/subscriptions/" + id;
        IReadOnlyList<JsonElement> exemptions = await ListAsync(scope + Exemptions, failed).ConfigureAwait(false);
        if (exemptions.Count == 0) return;
        Dictionary<string, JsonElement> assignments = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement assignment in await ListAsync(scope + Assignments, failed).ConfigureAwait(false))
        {
            if (ResourceField.In(assignment, "id").Text is string key) assignments[key] = assignment;
        }

        foreach (JsonElement exemption in exemptions)
        {
            _reader.AddListed(exemption, id, Source);
            if (PolicyExemptionReader.AssignmentOf(exemption) is not string assignmentId || !_known.Add(assignmentId)) continue;
            JsonElement? assignment = assignments.TryGetValue(assignmentId, out JsonElement listed) ? listed : await FindAsync(assignmentId, failed).ConfigureAwait(false);
            if (assignment is not JsonElement found) continue;
            _reader.AddContext(found, Source);
            if (PolicyExemptionReader.InitiativeOf(found) is string initiative && _known.Add(initiative) && await FindAsync(initiative, failed).ConfigureAwait(false) is JsonElement set)
            {
                _reader.AddContext(set, Source);
            }
        }
    }

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string path, Action<string, ArmFault> failed)
    {
        try
        {
            ArmListing listing = await _session.Arm.ListAsync(path, _stop).ConfigureAwait(false);
            if (listing.Fault is ArmFault fault) failed(path, fault);
            return listing.Items;
        }
        catch (ArmException error)
        {
            failed(path, error.Fault);
            return Array.Empty<JsonElement>();
        }
    }

    private async Task<JsonElement?> FindAsync(string id, Action<string, ArmFault> failed)
    {
        try
        {
            return await _session.Arm.FindAsync(id, _stop).ConfigureAwait(false);
        }
        catch (ArmException error)
        {
            failed(id, error.Fault);
            return null;
        }
    }
}
