using System;
using System.Collections.Generic;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>A difference that is allowed, and why.</summary>
/// <param name="Why">Why it does no harm.</param>
/// <param name="Holds">Whether it covers a difference of an exchange.</param>
internal sealed record Tolerance(string Why, Func<RecordedExchange, string, bool> Holds);

/// <summary>
/// The differences between the sandbox and recorded traffic that are tolerated, all of them. The list gets shorter, not
/// longer.
/// </summary>
internal static class Tolerances
{
    internal static readonly IReadOnlyList<Tolerance> All = new Tolerance[]
    {
        new(
            "a region offers more or less than another one: lists in capabilities that are empty there",
            (exchange, difference) => exchange.Path.Type.EndsWith("/capabilities", StringComparison.OrdinalIgnoreCase)
                && difference.StartsWith("extra ", StringComparison.Ordinal) && difference.Contains("[]", StringComparison.Ordinal)),
        new(
            "the recorded list had pages where the sandbox's estate fits into one",
            (exchange, difference) => difference == "missing $.nextLink" && !exchange.Path.IsResource),
        new(
            "a name that somebody outside the session had taken",
            (exchange, difference) => exchange.Path.Type.EndsWith("/checkNameAvailability", StringComparison.OrdinalIgnoreCase) && difference == "missing $.reason"),
        new(
            "managed HSMs are kept in their basics: no recovery, no private endpoint connections, no body behind their operations",
            (exchange, difference) => ArmPath.Same(exchange.Path.Namespace, "Microsoft.KeyVault")
                && exchange.Path.Type.Contains("managedHsm", StringComparison.OrdinalIgnoreCase)
                && !difference.StartsWith("status", StringComparison.Ordinal)),
        new(
            "tags and delegations of the subscription that was recorded",
            (exchange, difference) => exchange.Path.Namespace is null && exchange.Path.ResourceGroup is null
                && difference is "missing $.managedByTenants[]" or "missing $.tags"),
        new(
            "earliestRestoreDate comes with the first backup, and a replay does not know when that was",
            (_, difference) => difference.EndsWith(".backup.earliestRestoreDate", StringComparison.Ordinal)),
        new(
            "networks, subnets and private endpoints of 2024 show three members in some regions and not in others",
            (exchange, difference) => ArmPath.Same(exchange.Path.Namespace, "Microsoft.Network") && exchange.ApiVersion.StartsWith("2024", StringComparison.Ordinal)
                && (difference.EndsWith("privateEndpointVNetPolicies", StringComparison.Ordinal)
                    || difference.EndsWith("isIPv6EnabledPrivateEndpoint", StringComparison.Ordinal)
                    || difference.EndsWith("ipamPoolPrefixAllocations", StringComparison.Ordinal))),
        new(
            "the address of a load balancer, which stands in its subnet",
            (exchange, difference) => exchange.Path.Is("Microsoft.Network/virtualNetworks/subnets") && difference == "missing $.properties.ipConfigurations"),
        new(
            "a principal that was made a moment ago is not found by role assignments at first (replication in Entra)",
            (exchange, difference) => exchange.Path.Is("Microsoft.Authorization/roleAssignments")
                && (difference.StartsWith("status 400 not 20", StringComparison.Ordinal) || difference.StartsWith("status 201 not 200", StringComparison.Ordinal))),
        new(
            "details of the Defender plan of virtual machines, which is not the one of servers",
            (exchange, difference) => exchange.Path.Is("Microsoft.Security/pricings") && exchange.Path.IsResource && exchange.Path.Name == "VirtualMachines"
                && difference.StartsWith("missing ", StringComparison.Ordinal)),
        new(
            "lists of what a subscription held outside the session, whose id the recorder replaced in addresses only",
            (exchange, difference) => difference is "extra $.value[]" or "missing $.value[]" && !exchange.Path.IsResource
                && (exchange.Path.Is("Microsoft.KeyVault/vaults") || exchange.Path.Text.EndsWith("/resources", StringComparison.OrdinalIgnoreCase))),
        new(
            "the first automatic backup has a time and a name of the service's choice",
            (exchange, difference) => exchange.Path.Type.EndsWith("/backups", StringComparison.OrdinalIgnoreCase)
                && (exchange.Path.IsResource ? exchange.Path.Name.StartsWith("backup_6", StringComparison.Ordinal) : difference == "missing $.value[]")),
        new(
            "the minor version shows up shortly before a new server is ready",
            (exchange, difference) => exchange.Path.Is(KnownTypes.Server) && difference == "missing $.properties.minorVersion"),
        new(
            "whether a vault shows publicNetworkAccess when nobody has set it has changed with time",
            (exchange, difference) => exchange.Path.Is("Microsoft.KeyVault/vaults") && exchange.ApiVersion == "2023-07-01" && difference == "extra $.properties.publicNetworkAccess"),
        new(
            "the last poll of a group's deletion has a Location header at times",
            (exchange, difference) => exchange.Path.Text.Contains("/operationresults/", StringComparison.OrdinalIgnoreCase) && difference == "header location"),
        new(
            "private endpoint connections of vaults are not kept",
            (exchange, difference) => exchange.Path.Is("Microsoft.KeyVault/vaults") && difference.Contains("privateEndpointConnections", StringComparison.Ordinal)),
    };

    private static bool OfServers(RecordedExchange exchange) => ArmPath.Same(exchange.Path.Namespace, "Microsoft.DBforPostgreSQL");

    private static bool IsOlder(RecordedExchange exchange, string version) =>
        string.CompareOrdinal(exchange.ApiVersion.Substring(0, Math.Min(10, exchange.ApiVersion.Length)), version) < 0;
}
