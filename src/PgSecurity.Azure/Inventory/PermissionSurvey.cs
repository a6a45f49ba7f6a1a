using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Inventory;

/// <summary>Looks which of the actions that controls need an identity has, before any work. Changes nothing.</summary>
public sealed class PermissionSurvey
{
    private readonly AzureSession _session;
    private readonly IReadOnlyCollection<KeyValuePair<string, IReadOnlyCollection<string>>> _needs;
    private readonly bool _repair;

    /// <summary>Makes a survey.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="needs">The controls, each with the kinds of resources that it needs.</param>
    /// <param name="repair">Whether the actions of changes are looked for too.</param>
    public PermissionSurvey(AzureSession session, IReadOnlyCollection<KeyValuePair<string, IReadOnlyCollection<string>>> needs, bool repair)
    {
        _session = session;
        _needs = needs;
        _repair = repair;
    }

    /// <summary>Looks at scopes; at all subscriptions where none is given.</summary>
    /// <exception cref="ArmException">The subscriptions could not be listed.</exception>
    public async Task<IReadOnlyList<PermissionCheck>> RunAsync(IReadOnlyList<string> scopes, CancellationToken stop)
    {
        CollectionRun run = new(_session, Array.Empty<string>(), stop);
        IReadOnlyList<string> chosen = scopes.Count > 0 ? scopes : await AllAsync(stop).ConfigureAwait(false);
        List<PermissionCheck> checks = new();
        foreach (string scope in chosen.Select(Scoped))
        {
            Permissions permissions = await run.ReadPermissionsAsync(scope).ConfigureAwait(false);
            foreach (KeyValuePair<string, List<string>> action in Actions())
            {
                checks.Add(Check(scope, action.Key, action.Value, permissions));
            }
        }

        return checks;
    }

    private async Task<IReadOnlyList<string>> AllAsync(CancellationToken stop)
    {
        if (_session.Subscriptions.Count > 0 && _session.Subscriptions.All(name => Guid.TryParse(name, out _))) return _session.Subscriptions;
        ArmListing listing = await _session.Arm.ListAsync("/subscriptions", stop).ConfigureAwait(false);
        return listing.Items.Select(item => ResourceField.In(item, "subscriptionId").Text).OfType<string>().ToList();
    }

    private static string Scoped(string scope) => Guid.TryParse(scope, out _) ? "/subscriptions/" + scope : scope.TrimEnd('/');

    private SortedDictionary<string, List<string>> Actions()
    {
        SortedDictionary<string, List<string>> actions = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, IReadOnlyCollection<string>> control in _needs)
        {
            foreach (string action in control.Value.SelectMany(ReadRights.OfFacet).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!actions.TryGetValue(action, out List<string>? controls)) actions[action] = controls = new List<string>();
                controls.Add(control.Key);
            }
        }

        foreach (string action in _repair ? ChangeRights.AllActions : Array.Empty<string>())
        {
            actions[action] = new List<string>();
        }

        return actions;
    }

    private static PermissionCheck Check(string scope, string action, IReadOnlyList<string> controls, Permissions permissions)
    {
        bool isGraph = ReadRights.IsOfGraph(action);
        bool? allowed = isGraph ? null : permissions.Allows(action) ? true : permissions.Fault is null ? false : null;
        return new PermissionCheck
        {
            Scope = scope,
            Action = action,
            IsAllowed = allowed,
            Controls = controls,
            Reason = isGraph ? "permissions of Microsoft Graph are not listed by Azure" : allowed is null ? permissions.Fault!.Reason : string.Empty,
        };
    }
}
