using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// The actions that a class of changes needs, in the classes in which rights are handed out. What an undo needs is among
/// them: whoever may make a thing may take it away again.
/// </summary>
/// <param name="Name">The class, such as <c>firewall</c>.</param>
/// <param name="Meaning">What whoever has the actions can do, in a sentence.</param>
/// <param name="Actions">The actions, as role definitions name them.</param>
public sealed record ChangeRights(string Name, string Meaning, IReadOnlyList<string> Actions)
{
    // Where a setting names a workspace, Azure asks for this on the workspace as well (LinkedAuthorizationFailed).
    private const string WorkspaceKeys = "Microsoft.OperationalInsights/workspaces/sharedKeys/action";

    /// <summary>Every class.</summary>
    public static IReadOnlyList<ChangeRights> Classes { get; } = new[]
    {
        Of("parameters", "Sets server parameters, and restarts a server for those that need it.", FacetTypes.Configurations + "/write", FacetTypes.Server + "/restart/action"),
        Of("firewall", "Makes, narrows and deletes firewall rules.", FacetTypes.FirewallRules + "/write", FacetTypes.FirewallRules + "/delete"),
        Of("administrators", "Adds and removes Entra administrators: whoever has this can make themselves one.", FacetTypes.Administrators + "/write", FacetTypes.Administrators + "/delete"),
        Of("server", "Changes the server itself: authentication, public access, backup, high availability, storage growth. Azure has one action for all of them.", FacetTypes.Server + "/write"),
        Of("private-endpoint-connections", "Removes private endpoint connections that were rejected or are left over.", FacetTypes.PrivateEndpointConnections + "/delete"),
        Of(
            "private-endpoints",
            "Makes private endpoints in a network and their entries in a zone, approves connections, and removes them.",
            FacetTypes.Server + "/privateEndpointConnectionsApproval/action",
            FacetTypes.Server + "/privateLinkResources/read",
            FacetTypes.PrivateEndpoints + "/write",
            FacetTypes.PrivateEndpoints + "/delete",
            DnsZoneGroup.ResourceType + "/read",
            DnsZoneGroup.ResourceType + "/write",
            DnsZoneGroup.ResourceType + "/delete",
            FacetTypes.PrivateDnsZones + "/join/action",
            FacetTypes.Subnets + "/join/action",
            ResourceCreation.NetworkType + "/read",
            "Microsoft.Network/locations/operations/read"),
        Of(
            "new-servers",
            "With the class server: makes read replicas and restored copies, and deletes servers. Nothing in Azure tells a copy from what it is a copy of, so give it only where that is accepted.",
            FacetTypes.Server + "/delete",
            "Microsoft.DBforPostgreSQL/checkNameAvailability/action"),
        Of("identities", "With the class server: lets a server use a user-assigned identity, such as that of its key.", "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action"),
        Of("logging", "Sends logs to a workspace.", FacetTypes.DiagnosticSettings + "/write", FacetTypes.DiagnosticSettings + "/delete", WorkspaceKeys),
        Of("threat-protection", "Turns Defender on for a server, which costs.", FacetTypes.ThreatProtection + "/write"),
        Of("locks", "Sets locks, and takes back those that were set.", FacetTypes.Locks + "/write", FacetTypes.Locks + "/delete"),
        Of("role-assignments", "Removes assignments of roles, and gives them back: whoever has this can give themselves any role.", FacetTypes.RoleAssignments + "/write", FacetTypes.RoleAssignments + "/delete"),
        Of("key-stores", "Protects the vault or managed HSM of a customer-managed key against deletion.", FacetTypes.Vaults + "/write", FacetTypes.ManagedHsms + "/write"),
    };

    /// <summary>The actions of all classes.</summary>
    public static IEnumerable<string> AllActions => Classes.SelectMany(item => item.Actions);

    /// <summary>The actions that a step of a remediation, and its undo, need. SQL needs none: its login is the database's.</summary>
    public static IReadOnlyList<string> OfStep(RemediationStep step) => step switch
    {
        SetPropertiesStep set => OfType(set.Type, "/write"),
        SetParameterStep or ChangeListStep => OfType(FacetTypes.Configurations, "/write"),
        PutResourceStep put => OfType(put.Type, "/write"),
        DeleteResourcesStep delete => OfType(delete.Type, "/delete"),
        _ => Array.Empty<string>(),
    };

    // Of its class, what concerns this type, and what goes with it: a restart, the keys of a workspace.
    private static string[] OfType(string type, string verb) =>
        Classes.FirstOrDefault(item => item.Actions.Contains(type + verb, StringComparer.OrdinalIgnoreCase)) is ChangeRights rights
            ? rights.Actions.Where(action => action.StartsWith(type + "/", StringComparison.OrdinalIgnoreCase) || action.EndsWith("/action", StringComparison.Ordinal)).ToArray()
            : new[] { type + verb };

    private static ChangeRights Of(string name, string meaning, params string[] actions) => new(name, meaning, actions);
}
