using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>Reads the resource that a change is about.</summary>
internal static class TargetReading
{
    /// <summary>The resource; null where there is none. For a restart the server, with the parameters that wait for it.</summary>
    /// <exception cref="ServiceFault">It could not be told.</exception>
    public static async Task<JsonObject?> ReadAsync(IResourceService service, TargetChange change, CancellationToken stop)
    {
        JsonObject? body = JsonShape.Copy(await service.FindAsync(change.Id, stop).ConfigureAwait(false));
        if (change is not Restart || body is null) return body;
        body[Restart.Waiting] = new JsonArray((await WaitingAsync(service, change.Server, stop).ConfigureAwait(false)).Select(name => (JsonNode?)name).ToArray());
        return body;
    }

    /// <summary>The parameters of a server that wait for a restart.</summary>
    /// <exception cref="ServiceFault">They could not be read.</exception>
    public static async Task<IReadOnlyList<string>> WaitingAsync(IResourceService service, ServerId server, CancellationToken stop)
    {
        IReadOnlyList<JsonElement> parameters = await service.ListAsync(server.Value + "/configurations", stop).ConfigureAwait(false);
        return parameters.Select(parameter => JsonShape.Copy(parameter))
            .Where(IsWaiting)
            .Select(parameter => JsonShape.Text(JsonShape.Member(parameter, "name")))
            .ToList();
    }

    /// <summary>Whether a parameter waits for a restart.</summary>
    public static bool IsWaiting(JsonObject? parameter) =>
        ParameterChange.Property(parameter, "isConfigPendingRestart").Equals("true", System.StringComparison.OrdinalIgnoreCase);
}
