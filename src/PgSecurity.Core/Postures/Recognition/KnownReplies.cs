using System.Text.Json;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// Objects that Azure's interfaces give and that are no resource: errors, states of operations, request bodies, answers
/// of a key vault's data plane. They stand beside resources in recorded traffic and exports, and say nothing.
/// </summary>
internal static class KnownReplies
{
    private static readonly string[] Marks =
    {
        "error", "status", "operation", "nameAvailable", "@odata.context", "properties", "attributes", "kid", "keys",
        "value", "settings", "namespace", "message", "code", "supportedServerEditions", "azureAsyncOperation",
    };

    public static bool Is(JsonElement value)
    {
        bool any = false;
        foreach (JsonProperty _ in value.EnumerateObject())
        {
            any = true;
            break;
        }

        if (!any) return true;
        foreach (string mark in Marks)
        {
            if (ArmJson.Has(value, mark)) return true;
        }

        return ArmJson.Has(value, "name") && ArmJson.Has(value, "type");
    }
}
