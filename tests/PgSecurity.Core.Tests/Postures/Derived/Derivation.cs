using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.Postures.Derived;

/// <summary>Reads a derived facet of the base posture with a case's changes.</summary>
internal static class Derivation
{
    public static Facet Of(string type, string changes = "{}") =>
        CasePosture.Build((JsonObject)JsonNode.Parse(changes)!, "test").FacetOf(type);

    public static Resource Only(string type, string changes = "{}") => Of(type, changes).Resources.Single();

    public static JsonElement Property(this Resource resource, string name) =>
        resource.Body.GetProperty("properties").GetProperty(name);

    public static bool Has(this Resource resource, string name) =>
        resource.Body.GetProperty("properties").TryGetProperty(name, out _);

    public static bool IsUnknown(this Resource resource, string name) => UnknownValue.Is(resource.Property(name));

    public static string[] Strings(this Resource resource, string name) =>
        resource.Property(name).EnumerateArray().Select(item => item.GetString()!).ToArray();
}
