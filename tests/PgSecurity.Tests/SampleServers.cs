using System;
using System.Linq;

namespace PgSecurity.Tests;

/// <summary>Servers written by hand, small enough to be read at a glance.</summary>
internal static class SampleServers
{
    private const string Group = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg";

    /// <summary>The ARM id of a server.</summary>
    public static string IdOf(string name) => $"{Group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}";

    /// <summary>A server as ARM gives it, on one line.</summary>
    public static string Arm(string name, string publicNetworkAccess = "Enabled") =>
        $$$"""{"id":"{{{IdOf(name)}}}","type":"Microsoft.DBforPostgreSQL/flexibleServers","name":"{{{name}}}","location":"westeurope","sku":{"name":"Standard_D4ds_v5","tier":"GeneralPurpose"},"properties":{"version":"17","state":"Ready","network":{"publicNetworkAccess":"{{{publicNetworkAccess}}}"},"authConfig":{"activeDirectoryAuth":"Enabled","passwordAuth":"Enabled"},"backup":{"backupRetentionDays":7,"geoRedundantBackup":"Disabled"},"highAvailability":{"mode":"Disabled"} } }""";

    /// <summary>A firewall rule of a server as ARM gives it, on one line.</summary>
    public static string Rule(string server, string name, string start, string end) =>
        $$$"""{"id":"{{{IdOf(server)}}}/firewallRules/{{{name}}}","type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","name":"{{{name}}}","properties":{"startIpAddress":"{{{start}}}","endIpAddress":"{{{end}}}"} }""";

    /// <summary>A line of a snapshot with one rule, the list of rules complete.</summary>
    public static string Snapshot(string name, string publicNetworkAccess = "Enabled") =>
        $$$"""{"schema":"pgsecurity/posture/1","source":"live","collectedAt":"2026-11-24T03:00:00Z","server":{{{Arm(name, publicNetworkAccess)}}},"serverGap":null,"facets":[{"type":"Microsoft.DBforPostgreSQL/flexibleServers/firewallRules","resources":[{{{Rule(name, "everybody", "0.0.0.0", "255.255.255.255")}}}]}]}""";

    /// <summary>A snapshot of several servers.</summary>
    public static string Estate(params string[] names) => string.Join("\n", names.Select(name => Snapshot(name))) + "\n";

    /// <summary>A snapshot of so many servers.</summary>
    public static string Estate(int count) => Estate(Enumerable.Range(1, count).Select(index => FormattableString.Invariant($"pg-{index:0000}")).ToArray());
}
