using System;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// A request with its answer, as recorders of HTTP traffic write them: <c>method</c>, <c>url</c>, <c>status</c> and
/// <c>response</c>. Only what was read is the state of something; the answer to a write may be that of a moment in between.
/// </summary>
internal static class RecordedExchange
{
    /// <summary>Whether it is one; its answer's body where it was read, undefined where it says nothing.</summary>
    public static bool TryGet(JsonElement value, out JsonElement body)
    {
        body = default;
        if (ArmJson.Text(value, "method") is not string method || ArmJson.Text(value, "url") is null) return false;
        if (!ArmJson.TryGet(value, "status", out JsonElement status) || status.ValueKind != JsonValueKind.Number) return false;
        bool wasRead = method.Equals("GET", StringComparison.OrdinalIgnoreCase) && status.TryGetInt32(out int code) && code is >= 200 and < 300;
        if (wasRead && ArmJson.TryGet(value, "response", out JsonElement response) && response.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            body = response;
        }

        return true;
    }
}
