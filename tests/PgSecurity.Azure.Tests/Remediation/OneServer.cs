using System.Collections.Generic;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
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

    internal static IReadOnlyList<CompiledControl> Compiled() => RoadFixture.Controls(ControlSettings.None, Controls);
}
