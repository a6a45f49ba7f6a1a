using System.Text;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>One step of a path: a member, and whether the step goes on into each member of the array that it holds.</summary>
internal sealed class PathSegment
{
    private readonly OtherNames _otherNames = new();

    public PathSegment(string name, bool each, string path)
    {
        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Each = each;
        Path = path;
        PathInProperties = "properties." + name;
    }

    public string Name { get; }

    /// <summary>The name as it stands in JSON.</summary>
    public byte[] Utf8Name { get; }

    public bool Each { get; }

    /// <summary>The path from the root of the resource; the key under which a resource remembers another spelling.</summary>
    public string Path { get; }

    /// <summary>That of a first segment which is looked for at the root and under <c>properties</c>.</summary>
    public string PathInProperties { get; }

    /// <summary>
    /// Finds the member in a member of an array, where a resource's memory of spellings does not reach. A resource in an
    /// array (a private endpoint connection in its server) keeps it under <c>properties</c>, of which aliases say nothing.
    /// </summary>
    public bool TryGetInArray(Resource resource, JsonElement container, out JsonElement value)
    {
        if (TryGetOwn(resource, container, out value)) return true;
        if (!container.TryGetProperty("properties"u8, out JsonElement properties)) return false;
        if (!UnknownValue.Is(properties)) return properties.ValueKind == JsonValueKind.Object && TryGetOwn(resource, properties, out value);
        value = properties;
        return true;
    }

    private bool TryGetOwn(Resource resource, JsonElement container, out JsonElement value) =>
        container.TryGetProperty(Utf8Name, out value)
        || (resource.MayHaveOtherSpelling(Name) && _otherNames.TryGetFolded(container, Name, out value));
}
