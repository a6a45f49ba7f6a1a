using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>The operations of long-term retention, listed.</summary>
internal sealed class LongTermBackups : ServerChild
{
    public override string Segment => "ltrBackupOperations";
}

/// <summary>The check before a long-term backup.</summary>
internal sealed class LongTermBackupCheck : IServerChild
{
    public string Segment => "ltrPreBackup";

    public SandboxResponse Answer(Exchange exchange, EstateResource server) =>
        Reply.Json(200, new JsonObject { ["properties"] = new JsonObject { ["numberOfContainers"] = 1 } });
}

/// <summary>Starts a long-term backup. The addresses that it is written to are secrets and are not kept.</summary>
internal sealed class LongTermBackupStart : IServerChild
{
    public string Segment => "startLtrBackup";

    public SandboxResponse Answer(Exchange exchange, EstateResource server)
    {
        string name = exchange.Body.Text("backupSettings", "backupName") ?? "backup";
        string started = exchange.Stamp;
        JsonObject? done = null;
        return exchange.Begin(
            OperationKinds.LongTermBackup,
            server.Id,
            server.Body.Text("location") ?? "West Europe",
            () => done = Store(exchange, server, name, started),
            shape: operation =>
            {
                operation.ResultStatus = 201;
                operation.Result = () =>
                {
                    JsonObject? properties = (done?.Find("properties") as JsonObject)?.Copy();
                    properties?.Drop("status");
                    return new JsonObject { ["properties"] = properties };
                };
            });
    }

    private static JsonObject Store(Exchange exchange, EstateResource server, string name, string started)
    {
        string id = server.Id + "/ltrBackupOperations/" + name;
        const string Type = KnownTypes.Server + "/ltrBackupOperations";
        JsonObject body = new()
        {
            ["properties"] = new JsonObject
            {
                ["backupName"] = name,
                ["datasourceSizeInBytes"] = 47668094,
                ["dataTransferredInBytes"] = 78696,
                ["backupMetadata"] = string.Empty,
                ["status"] = "Succeeded",
                ["startTime"] = started,
                ["endTime"] = OperationBoard.Time(exchange.Operations.GroupOf(server.Id).Now),
                ["percentComplete"] = 100.0,
            },
            ["id"] = id,
            ["name"] = name,
            ["type"] = Type,
        };
        exchange.Estate.Put(id, Type, name, body);
        return body;
    }
}
