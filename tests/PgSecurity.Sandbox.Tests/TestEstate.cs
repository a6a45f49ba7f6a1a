using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Tests;

/// <summary>A small estate written by hand: one server with a few parameters, on a clock that stands still.</summary>
internal sealed class TestEstate
{
    internal const string Subscription = "11111111-2222-3333-4444-555555555555";
    internal const string Group = "/subscriptions/" + Subscription + "/resourceGroups/rg";
    internal const string Server = Group + "/providers/Microsoft.DBforPostgreSQL/flexibleServers/db1";
    internal const string Version = "?api-version=2025-08-01";

    internal TestEstate(Action<SandboxOptions>? change = null)
    {
        SandboxOptions options = new() { Pace = SandboxPace.Manual, ParametersOfVersion = Parameters };
        options.Quirks.ManyBusySpellings = false;
        change?.Invoke(options);
        Arm = new SandboxArm(options);
        Arm.Add(ServerBody("db1"));
        foreach (JsonObject parameter in Parameters("16"))
        {
            parameter["id"] = Server + "/configurations/" + parameter["name"];
            parameter["type"] = "Microsoft.DBforPostgreSQL/flexibleServers/configurations";
            Arm.Add(parameter);
        }
    }

    internal SandboxArm Arm { get; }

    internal static JsonObject ServerBody(string name) => JsonNode.Parse("""
        {
          "sku": { "name": "Standard_D2ds_v5", "tier": "GeneralPurpose" },
          "systemData": { "createdAt": "2025-01-01T00:00:00.0000000Z" },
          "properties": {
            "replica": { "role": "Primary", "capacity": 5 },
            "storage": { "type": "", "iops": 500, "tier": "P10", "storageSizeGB": 128, "autoGrow": "Disabled" },
            "network": { "publicNetworkAccess": "Enabled" },
            "privateEndpointConnections": [],
            "dataEncryption": { "type": "SystemManaged" },
            "authConfig": { "activeDirectoryAuth": "Disabled", "passwordAuth": "Enabled" },
            "fullyQualifiedDomainName": "NAME.postgres.database.azure.com",
            "version": "16", "minorVersion": "12", "administratorLogin": "pgadmin", "state": "Ready", "availabilityZone": "1",
            "backup": { "backupRetentionDays": 7, "geoRedundantBackup": "Disabled" },
            "highAvailability": { "mode": "Disabled", "state": "NotEnabled" },
            "maintenanceWindow": { "customWindow": "Disabled", "dayOfWeek": 0, "startHour": 0, "startMinute": 0 },
            "replicationRole": "Primary", "replicaCapacity": 5
          },
          "location": "UK South",
          "id": "GROUP/providers/Microsoft.DBforPostgreSQL/flexibleServers/NAME",
          "name": "NAME",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers"
        }
        """.Replace("NAME", name).Replace("GROUP", Group))!.AsObject();

    internal static IEnumerable<JsonObject> Parameters(string version)
    {
        yield return Parameter("require_secure_transport", "on", "Boolean", "on,off", isDynamic: true);
        yield return Parameter("ssl_min_protocol_version", "TLSv1.2", "Enumeration", "TLSv1.2,TLSv1.3", isDynamic: true);
        yield return Parameter("ssl", "on", "Boolean", "on,off", isDynamic: true, isReadOnly: true);
        yield return Parameter("shared_preload_libraries", "pg_cron,pg_stat_statements", "Set", "pg_cron,pg_stat_statements,pgaudit,timescaledb", isDynamic: false);
        yield return Parameter("pgaudit.log", "none", "Set", "none,read,write,function,role,ddl,misc,all", isDynamic: true);
        yield return Parameter("statement_timeout", "0", "Integer", "0-2147483647", isDynamic: true);
        if (version != "18") yield return Parameter("connection_throttle.enable", "off", "Boolean", "on,off", isDynamic: true);
        if (version == "18") yield return Parameter("md5_password_warnings", "on", "Boolean", "on,off", isDynamic: true);
    }

    internal SandboxResponse Send(string method, string path, string? json = null) =>
        Arm.Handle(SandboxRequest.Arm(method, path.Contains("api-version", StringComparison.Ordinal) ? path : path + Version, json));

    internal JsonObject Get(string path) => Send("GET", path).Json!.AsObject();

    /// <summary>Sends a write, lets its time pass, and gives the end of its operation: the status and the code.</summary>
    internal string Write(string method, string path, string? json = null)
    {
        SandboxResponse accepted = Send(method, path, json);
        Assert202(accepted);
        return End(accepted);
    }

    /// <summary>Lets an operation's time pass and gives its end.</summary>
    internal string End(SandboxResponse accepted)
    {
        Arm.Clock.Advance(TimeSpan.FromMinutes(10));
        JsonObject poll = Poll(accepted);
        string? code = poll.Text("error", "code");
        return code is null ? poll.Text("status")! : poll.Text("status") + " " + code;
    }

    internal JsonObject Poll(SandboxResponse accepted) =>
        Arm.Handle(new SandboxRequest("GET", new Uri(accepted.Header("Azure-AsyncOperation")!))).Json!.AsObject();

    internal string? Value(string parameter) => Get(Server + "/configurations/" + parameter).Text("properties", "value");

    private static void Assert202(SandboxResponse response)
    {
        if (response.Status != 202) throw new InvalidOperationException($"expected 202, got {response.Status}: {response.Text}");
    }

    private static JsonObject Parameter(string name, string value, string type, string allowed, bool isDynamic, bool isReadOnly = false) => new()
    {
        ["properties"] = new JsonObject
        {
            ["value"] = value,
            ["description"] = "A parameter.",
            ["defaultValue"] = value,
            ["dataType"] = type,
            ["allowedValues"] = allowed,
            ["source"] = "system-default",
            ["isDynamicConfig"] = isDynamic,
            ["isReadOnly"] = isReadOnly,
            ["isConfigPendingRestart"] = false,
            ["documentationLink"] = "https://www.postgresql.org/docs/",
        },
        ["name"] = name,
    };
}
