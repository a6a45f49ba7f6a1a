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
        JsonMembers.IsObject(value, "conditions")
        && JsonMembers.Has(value, "grantControls")
        && JsonMembers.Text(value, "state") is not null
        && JsonMembers.Text(value, "id") is string id
        && id[0] != '/';

    public static Resource ToResource(JsonElement policy)
    {
        string name = JsonMembers.Text(policy, "id")!;
        string id = "/providers/" + FacetTypes.ConditionalAccess + "/" + name;
        JsonElement body = JsonMembers.Element(new JsonObject
        {
            ["id"] = id,
            ["type"] = FacetTypes.ConditionalAccess,
            ["name"] = name,
            ["properties"] = JsonMembers.Node(policy),
        });
        return new Resource(id, FacetTypes.ConditionalAccess, name, body);
    }
}
