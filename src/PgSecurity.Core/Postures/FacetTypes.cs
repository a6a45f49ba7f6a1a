using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Databases;

namespace PgSecurity.Core.Postures;

/// <summary>The resource types that a posture may hold; an alias of any other type is an error in a definition.</summary>
public static class FacetTypes
{
    /// <summary>The server itself.</summary>
    public const string Server = ServerId.FlexibleServerType;

    /// <summary>A retired single server.</summary>
    public const string SingleServer = ServerId.SingleServerType;

    /// <summary>A PostgreSQL server that is not in ARM.</summary>
    public const string Host = ServerId.HostType;

    /// <summary>Server parameters.</summary>
    public const string Configurations = Server + "/configurations";

    /// <summary>Firewall rules.</summary>
    public const string FirewallRules = Server + "/firewallRules";

    /// <summary>Entra administrators.</summary>
    public const string Administrators = Server + "/administrators";

    /// <summary>Private endpoint connections; also embedded in the server.</summary>
    public const string PrivateEndpointConnections = Server + "/privateEndpointConnections";

    /// <summary>The server's own Defender state.</summary>
    public const string ThreatProtection = Server + "/advancedThreatProtectionSettings";

    /// <summary>Backups that exist.</summary>
    public const string Backups = Server + "/backups";

    /// <summary>Databases.</summary>
    public const string Databases = Server + "/databases";

    /// <summary>Virtual endpoints.</summary>
    public const string VirtualEndpoints = Server + "/virtualendpoints";

    /// <summary>
    /// The read replicas of this server, each read by its own GET (the service's own list gives stubs). A resource of
    /// this facet is the replica's whole server body under this type.
    /// </summary>
    public const string Replicas = Server + "/replicas";

    /// <summary>For a replica: its primary's whole server body, with its parameters under <c>properties.parameters</c> by name.</summary>
    public const string Primary = "PgSecurity/primaryServers";

    /// <summary>Legacy virtual network rules, of single servers.</summary>
    public const string VirtualNetworkRules = SingleServer + "/virtualNetworkRules";

    /// <summary>What the region offers, as the capabilities request answers.</summary>
    public const string Capabilities = "Microsoft.DBforPostgreSQL/locations/capabilities";

    /// <summary>Diagnostic settings of the server.</summary>
    public const string DiagnosticSettings = "Microsoft.Insights/diagnosticSettings";

    /// <summary>Activity-log alerts of the subscription.</summary>
    public const string ActivityLogAlerts = "Microsoft.Insights/activityLogAlerts";

    /// <summary>Metric alerts.</summary>
    public const string MetricAlerts = "Microsoft.Insights/metricAlerts";

    /// <summary>Action groups: who receives an alert.</summary>
    public const string ActionGroups = "Microsoft.Insights/actionGroups";

    /// <summary>The Log Analytics workspaces that diagnostic settings send to.</summary>
    public const string Workspaces = "Microsoft.OperationalInsights/workspaces";

    /// <summary>Locks on the server or above it.</summary>
    public const string Locks = "Microsoft.Authorization/locks";

    /// <summary>Role assignments at the server or above it.</summary>
    public const string RoleAssignments = "Microsoft.Authorization/roleAssignments";

    /// <summary>The definitions of the roles that are assigned.</summary>
    public const string RoleDefinitions = "Microsoft.Authorization/roleDefinitions";

    /// <summary>Eligible (just-in-time) role assignments.</summary>
    public const string RoleEligibility = "Microsoft.Authorization/roleEligibilityScheduleInstances";

    /// <summary>
    /// Role assignments in force as Privileged Identity Management sees them: <c>assignmentType</c> says whether one was
    /// assigned or activated.
    /// </summary>
    public const string RoleSchedules = "Microsoft.Authorization/roleAssignmentScheduleInstances";

    /// <summary>Policy assignments that cover the server.</summary>
    public const string PolicyAssignments = "Microsoft.Authorization/policyAssignments";

    /// <summary>The vaults of the server's keys.</summary>
    public const string Vaults = "Microsoft.KeyVault/vaults";

    /// <summary>The server's keys, each read by its own GET (lists leave the rotation policy out).</summary>
    public const string Keys = "Microsoft.KeyVault/vaults/keys";

    /// <summary>Managed HSMs of the server's keys.</summary>
    public const string ManagedHsms = "Microsoft.KeyVault/managedHSMs";

    /// <summary>The server's keys in managed HSMs, each read by its own GET, in the shape of <see cref="Keys"/>.</summary>
    public const string ManagedHsmKeys = ManagedHsms + "/keys";

    /// <summary>Defender plans of the subscription.</summary>
    public const string DefenderPlans = "Microsoft.Security/pricings";

    /// <summary>Private endpoints that point at the server.</summary>
    public const string PrivateEndpoints = "Microsoft.Network/privateEndpoints";

    /// <summary>Private DNS zones that serve the server.</summary>
    public const string PrivateDnsZones = "Microsoft.Network/privateDnsZones";

    /// <summary>The delegated subnet, and subnets that virtual network rules name.</summary>
    public const string Subnets = "Microsoft.Network/virtualNetworks/subnets";

    /// <summary>Conditional Access policies of the tenant, from Microsoft Graph.</summary>
    public const string ConditionalAccess = "Microsoft.Graph/conditionalAccessPolicies";

    /// <summary>
    /// The directory objects that role assignments and Entra administrators name, from Microsoft Graph
    /// (<c>directoryObjects/getByIds</c>), each named by its object id. What is asked for and not in a complete answer was deleted.
    /// </summary>
    public const string DirectoryObjects = "Microsoft.Graph/directoryObjects";

    /// <summary>Backup instances in a backup vault that protect the server.</summary>
    public const string BackupInstances = "Microsoft.DataProtection/backupVaults/backupInstances";

    /// <summary>Every type, derived ones included.</summary>
    public static IReadOnlyCollection<string> All { get; } = new[]
    {
        Server, SingleServer, Host, Configurations, FirewallRules, Administrators, PrivateEndpointConnections,
        ThreatProtection, Backups, Databases, VirtualEndpoints, Replicas, Primary, VirtualNetworkRules, Capabilities,
        DiagnosticSettings, ActivityLogAlerts, MetricAlerts, ActionGroups, Workspaces, Locks, RoleAssignments,
        RoleDefinitions, RoleEligibility, RoleSchedules, PolicyAssignments, Vaults, Keys, ManagedHsms, ManagedHsmKeys,
        DefenderPlans, PrivateEndpoints, PrivateDnsZones, Subnets, ConditionalAccess, DirectoryObjects, BackupInstances,
    }.Concat(DerivedFacets.All.Select(derived => derived.Type)).Concat(DatabaseChecks.All.Select(check => check.Type)).Append(Controls.ControlRequirement.TlsEndpoints).ToArray();

    private static readonly Dictionary<string, string> Spelling =
        All.ToDictionary(type => type, type => type, StringComparer.OrdinalIgnoreCase);

    /// <summary>The spelling of a type as this page has it; the text itself where the type is not known.</summary>
    public static string Normalize(string type) => Spelling.TryGetValue(type, out string? known) ? known : type;

    /// <summary>Whether a posture may hold resources of the type.</summary>
    public static bool IsKnown(string type) => Spelling.ContainsKey(type);
}
