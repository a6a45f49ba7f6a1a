using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Azure.Inventory;

/// <summary>A server's body as ARM answers it, as a resource: through the reader that knows which bodies would be believed wrongly.</summary>
internal static class ServerBodies
{
    /// <summary>The server; null where the body is none.</summary>
    internal static Resource? Read(JsonElement body)
    {
        foreach (PostureReadResult result in PostureReader.Read(body, "live"))
        {
            if (result.Posture is Posture posture) return posture.Server;
        }

        return null;
    }
}
