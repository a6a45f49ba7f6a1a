using System.Text.Json;

namespace PgSecurity.Core.Policy;

/// <summary>One step of a path: a member, and whether the step goes on into each member of the array that it holds.</summary>
internal sealed class PathSegment
{
    private readonly OtherNames _otherNames = new();

    public PathSegment(string name, bool each, string path)
    {
        Name = name;
        Each = each;
        Path = path;
        PathInProperties = "properties." + name;
    }

    public string Name { get; }

    public bool Each { get; }

    /// <summary>The path from the root of the resource; the key under which a resource remembers another spelling.</summary>
    public string Path { get; }

    /// <summary>That of a first segment which is looked for at the root and under <c>properties</c>.</summary>
    public string PathInProperties { get; }

    /// <summary>Finds the member in a member of an array, where a resource's memory of spellings does not reach.</summary>
    public bool TryGetInArray(JsonElement container, out JsonElement value) =>
        container.TryGetProperty(Name, out value) || _otherNames.TryGetFolded(container, Name, out value);
}
