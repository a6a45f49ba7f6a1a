using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Estate;

/// <summary>
/// One resource. It stays as it was read until somebody changes it: an estate of thousands of servers has hundreds of
/// thousands of parameters, and few of them ever change.
/// </summary>
internal sealed class EstateResource
{
    private JsonElement _element;
    private JsonObject? _node;

    internal EstateResource(string id, string type, string name, JsonObject body)
    {
        Id = id;
        Type = type;
        Name = name;
        _node = body;
    }

    internal EstateResource(string id, string type, string name, JsonElement body)
    {
        Id = id;
        Type = type;
        Name = name;
        _element = body;
    }

    /// <summary>The ARM id in the spelling of whoever made it.</summary>
    internal string Id { get; }

    /// <summary>The full type in the service's spelling.</summary>
    internal string Type { get; }

    /// <summary>The last name.</summary>
    internal string Name { get; }

    /// <summary>The body, to read or to change. Used under the sandbox's lock.</summary>
    internal JsonObject Body
    {
        get
        {
            if (_node is null)
            {
                _node = JsonObject.Create(_element) ?? new JsonObject();
                _element = default;
            }

            return _node;
        }
    }

    /// <summary>The properties; made where there are none.</summary>
    internal JsonObject Properties => Body.Object("properties");

    /// <summary>Writes the body.</summary>
    internal void WriteTo(Utf8JsonWriter writer)
    {
        if (_node is null) _element.WriteTo(writer);
        else _node.WriteTo(writer);
    }
}
