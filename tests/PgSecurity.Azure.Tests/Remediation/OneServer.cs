using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Snapshots;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Azure.Tests.Remediation;

/// <summary>A server that needs a change of every kind: parameters with and without restart, a property, a PUT, a DELETE.</summary>
internal static class OneServer
{
    internal const string Changes = """
        {
          "server": { "properties": { "backup": { "backupRetentionDays": 7 }, "network": { "publicNetworkAccess": "Enabled" } } },
          "parameters": { "connection_throttle.enable": "off", "ssl_min_protocol_version": "TLSv1.2", "shared_preload_libraries": "pg_cron" },
          "facets": {
            "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules": [
              { "name": "everybody", "properties": { "startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255" } },
              { "name": "office", "properties": { "startIpAddress": "198.51.100.7", "endIpAddress": "198.51.100.7" } } ],
            "Microsoft.Authorization/locks": []
          },
          "resources": { "Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings": { "Default": { "properties": { "state": "Disabled" } } } }
        }
        """;

    internal static readonly string[] Controls = { "LOG-011", "DAT-002", "LOG-003", "BCK-003", "LOG-016", "NET-006", "ACC-007" };

    internal static Posture Posture(string changes = Changes) => CasePosture.Build((JsonObject)JsonNode.Parse(changes)!, "test");

    /// <summary>The same server under another name, with all that hangs on it.</summary>
    internal static Posture Named(string name, string changes = Changes)
    {
        using MemoryStream line = new();
        SnapshotWriter.Write(line, Posture(changes));
        string text = Encoding.UTF8.GetString(line.ToArray()).Replace("contoso-payments", name, StringComparison.Ordinal);
        return PostureReader.ReadText(text, "test").Select(result => result.Posture).OfType<Posture>().Single();
    }

    internal static IReadOnlyList<CompiledControl> Compiled() => RoadFixture.Controls(ControlSettings.None, Controls);
}
