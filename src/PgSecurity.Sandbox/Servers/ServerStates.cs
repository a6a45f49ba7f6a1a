using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// A server's state and, with it, that of its high availability, which is empty while the server is made or changed
/// (recorded).
/// </summary>
internal static class ServerStates
{
    internal static void Set(JsonObject server, string state)
    {
        JsonObject properties = server.Object("properties");
        properties.Set("state", state);
        JsonObject availability = properties.Object("highAvailability");
        string mode = availability.Text("mode") ?? "Disabled";
        if (state == "Ready") availability["state"] = mode == "Disabled" ? "NotEnabled" : "Healthy";
        else if (mode == "Disabled" && state is "Updating" or "Provisioning") availability["state"] = string.Empty;
    }
}
