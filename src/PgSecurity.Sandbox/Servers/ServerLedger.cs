using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Servers;

/// <summary>What the service remembers of servers and does not show. Used under the sandbox's lock.</summary>
internal sealed class ServerLedger
{
    private readonly Dictionary<string, ServerMemory> _memories = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Servers that were dropped, which <c>ReviveDropped</c> brings back.</summary>
    internal Dictionary<string, JsonObject> Dropped { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The memory of a server.</summary>
    internal ServerMemory Of(string id)
    {
        if (!_memories.TryGetValue(id, out ServerMemory? memory))
        {
            memory = new ServerMemory();
            _memories[id] = memory;
        }

        return memory;
    }

    /// <summary>Forgets a server.</summary>
    internal void Forget(string id) => _memories.Remove(id);
}

/// <summary>What the service remembers of one server.</summary>
internal sealed class ServerMemory
{
    /// <summary>The administrator's login while password authentication is off: it exists, and is not shown.</summary>
    internal string? HiddenLogin { get; set; }

    /// <summary>When the authentication last changed, on the group's clock.</summary>
    internal DateTimeOffset? AuthenticationChanged { get; set; }

    /// <summary>When the first automatic backup comes, on the group's clock; null where it has come.</summary>
    internal DateTimeOffset? FirstBackupDue { get; set; }

    /// <summary>When the server was made here, on the group's clock; null where it came with the snapshot.</summary>
    internal DateTimeOffset? CreateStarted { get; set; }
}
