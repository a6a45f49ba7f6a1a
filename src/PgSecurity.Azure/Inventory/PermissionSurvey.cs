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
    private readonly IReadOnlyCollection<ControlNeeds> _needs;

    /// <summary>Makes a survey.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="needs">What each control needs.</param>
    public PermissionSurvey(AzureSession session, IReadOnlyCollection<ControlNeeds> needs)
    {
        _session = session;
        _needs = needs;
    }

    /// <summary>Looks at scopes; at all subscriptions where none is given.</summary>
    /// <param name="scopes">Ids of resources, and ids or display names of subscriptions.</param>
    /// <param name="failed">Gets what could not be found, and why.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="ArmException">The subscriptions could not be listed.</exception>
    public async Task<IReadOnlyList<PermissionCheck>> RunAsync(IReadOnlyList<string> scopes, Action<string, ArmFault> failed, CancellationToken stop)
    {
        CollectionRun run = new(_session, Array.Empty<string>(), stop);
        string[] paths = scopes.Where(IsPath).ToArray();
        string[] names = scopes.Where(scope => !IsPath(scope)).ToArray();
        IEnumerable<string> subscriptions = scopes.Count > 0 && names.Length == 0
            ? Array.Empty<string>()
            : await new SubscriptionLookup(_session, stop).FindAsync(names, Array.Empty<string>(), failed).ConfigureAwait(false);
        List<PermissionCheck> checks = new();
        foreach (string scope in paths.Select(path => path.TrimEnd('/')).Concat(subscriptions.Select(id => "/subscriptions/" + id)))
        {
            Permissions permissions = await run.ReadPermissionsAsync(scope).ConfigureAwait(false);
            foreach (KeyValuePair<string, List<string>> action in Actions())
            {
                checks.Add(Check(scope, action.Key, action.Value, permissions));
            }

            checks.AddRange(ReadRights.BesideAudits.Select(action => Check(scope, action.Key, Array.Empty<string>(), permissions, action.Value)));
        }

        return checks;
    }

    private static bool IsPath(string scope) => scope.StartsWith("/", StringComparison.Ordinal);

    private SortedDictionary<string, List<string>> Actions()
    {
        SortedDictionary<string, List<string>> actions = new(StringComparer.OrdinalIgnoreCase);
        foreach (ControlNeeds control in _needs)
        {
            IEnumerable<string> needed = control.Facets.SelectMany(ReadRights.OfFacet).Concat(control.Steps.SelectMany(ChangeRights.OfStep));
            foreach (string action in needed.Distinct(StringComparer.OrdinalIgnoreCase))
            {
                if (!actions.TryGetValue(action, out List<string>? controls)) actions[action] = controls = new List<string>();
                controls.Add(control.Id);
            }
        }

        return actions;
    }

    private static PermissionCheck Check(string scope, string action, IReadOnlyList<string> controls, Permissions permissions, string purpose = "")
    {
        bool isGraph = ReadRights.IsOfGraph(action);
        bool? allowed = isGraph ? null : permissions.Allows(action) ? true : permissions.Fault is null ? false : null;
        return new PermissionCheck
        {
            Scope = scope,
            Action = action,
            IsAllowed = allowed,
            Controls = controls,
            Purpose = purpose,
            Reason = isGraph ? "permissions of Microsoft Graph are not listed by Azure" : allowed is null ? permissions.Fault!.Reason : string.Empty,
        };
    }
}
