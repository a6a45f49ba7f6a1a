using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Postures.Recognition;

/// <summary>
/// A Conditional Access policy, which comes from Microsoft Graph and not from ARM: it gets an id and a type of our own,
/// and what Graph says stands under <c>properties</c>.
/// </summary>
internal static class ConditionalAccessPolicy
{
    public static bool Is(JsonElement value) =>
        ArmJson.IsObject(value, "conditions")
        && ArmJson.Has(value, "grantControls")
        && ArmJson.Text(value, "state") is not null
        && ArmJson.Text(value, "id") is string id
        && id[0] != '/';

    public static Resource ToResource(JsonElement policy)
    {
        string name = ArmJson.Text(policy, "id")!;
        string id = "/providers/" + FacetTypes.ConditionalAccess + "/" + name;
        JsonElement body = ArmJson.Element(new JsonObject
        {
            ["id"] = id,
            ["type"] = FacetTypes.ConditionalAccess,
            ["name"] = name,
            ["properties"] = ArmJson.Node(policy),
        });
        return new Resource(id, FacetTypes.ConditionalAccess, name, body);
    }
}
