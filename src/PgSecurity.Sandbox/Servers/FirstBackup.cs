using System;
using System.Globalization;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// The first automatic backup of a server that was made here: it comes some minutes after the server is ready, and with
/// it <c>earliestRestoreDate</c>, which a new server does not have (recorded).
/// </summary>
internal static class FirstBackup
{
    /// <summary>How long after the server is ready.</summary>
    internal static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    /// <summary>Takes it where it is due.</summary>
    internal static void Take(Exchange exchange, string serverId, ServerLedger ledger)
    {
        if (exchange.Estate.Find(serverId) is not EstateResource server) return;
        ServerMemory memory = ledger.Of(serverId);
        if (memory.FirstBackupDue is not DateTimeOffset due || due > exchange.Operations.GroupOf(serverId).Now) return;
        memory.FirstBackupDue = null;
        server.Properties.Object("backup")["earliestRestoreDate"] = ServerShape.LocalTime(due);
        string name = "backup_" + due.UtcDateTime.Ticks.ToString(CultureInfo.InvariantCulture);
        string id = server.Id + "/backups/" + name;
        const string Type = KnownTypes.Server + "/backups";
        exchange.Estate.Put(
            id,
            Type,
            name,
            new JsonObject
            {
                ["properties"] = new JsonObject
                {
                    ["backupType"] = "Full",
                    ["source"] = "Automatic",
                    ["completedTime"] = ServerShape.LocalTime(due),
                },
                ["id"] = id,
                ["name"] = name,
                ["type"] = Type,
            });
    }
}
