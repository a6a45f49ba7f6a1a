using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures;

/// <summary>
/// A resource in ARM's own JSON: every one has <c>id</c>, <c>type</c>, <c>name</c> and <c>properties</c>, those of
/// other providers and the facts of our own types (<c>PgSecurity/…</c>) alike. Read by one thread at a time.
/// </summary>
public sealed class Resource
{
    private const string PropertiesName = "properties";

    private Dictionary<string, JsonElement>? _foldedProperties;
    private JsonElement? _properties;
    private Resource[]? _alone;
    private readonly ResourceText? _text;
    private string? _id;
    private JsonElement _body;

    /// <summary>Makes a resource.</summary>
    /// <param name="id">The ARM id.</param>
    /// <param name="type">The full resource type.</param>
    /// <param name="name">The last segment of the name, such as <c>ssl_min_protocol_version</c>.</param>
    /// <param name="body">The JSON object; it must outlive the resource.</param>
    /// <param name="gap">Why properties that the body lacks are unknown; null where the body is the whole resource.</param>
    public Resource(string id, string type, string name, JsonElement body, string? gap = null)
    {
        _id = id;
        Type = type;
        Name = name;
        _body = body;
        Gap = gap;
    }

    /// <summary>Makes a resource of a text, which is parsed when the body is first asked for.</summary>
    internal Resource(ResourceText text, string type, string name, string? gap)
    {
        _text = text;
        Type = type;
        Name = name;
        Gap = gap;
    }

    /// <summary>The ARM id.</summary>
    public string Id => _id ??= _text!.Id();

    /// <summary>The full resource type.</summary>
    public string Type { get; }

    /// <summary>The last segment of the name.</summary>
    public string Name { get; }

    /// <summary>The JSON object.</summary>
    public JsonElement Body
    {
        get
        {
            if (_body.ValueKind == JsonValueKind.Undefined && _text is not null) _body = _text.Body();
            return _body;
        }
    }

    /// <summary>A list of this one.</summary>
    internal IReadOnlyList<Resource> Alone => _alone ??= new[] { this };

    /// <summary>The names in the input that the body came from; null where they were not kept.</summary>
    internal NameTable? Names { get; init; }

    /// <summary>Why properties that the body lacks are unknown (a projection, another API version); null where absent means absent.</summary>
    public string? Gap { get; }

    /// <summary>
    /// Finds a member of an object in the body without regard to case, as ARM compares property names. The exact
    /// spelling costs nothing; another one is looked for once and remembered.
    /// </summary>
    /// <param name="container">An object inside <see cref="Body"/>.</param>
    /// <param name="path">The path of the member from the root of the body; the key under which a miss is remembered.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="value">The member's value.</param>
    public bool TryGetMember(JsonElement container, string path, string name, out JsonElement value)
    {
        value = default;
        if (container.ValueKind != JsonValueKind.Object) return false;
        return container.TryGetProperty(name, out value) || (MayHaveOtherSpelling(name) && TryGetFolded(container, path, name, out value));
    }

    /// <summary>The same with the name in UTF-8 too, as it stands in JSON.</summary>
    internal bool TryGetMember(JsonElement container, string path, string name, byte[] utf8Name, out JsonElement value)
    {
        value = default;
        if (container.ValueKind != JsonValueKind.Object) return false;
        return container.TryGetProperty(utf8Name, out value) || (MayHaveOtherSpelling(name) && TryGetFolded(container, path, name, out value));
    }

    /// <summary>A property's value without parsing the body; false where that takes parsing it. See <see cref="Glimpse"/>.</summary>
    internal bool TryGlimpse(int glimpse, out ExpressionValue value)
    {
        if (_text is not null) return _text.TryGlimpse(glimpse, out value);
        value = default;
        return false;
    }

    /// <summary>Whether the id may end in a segment. See <see cref="ResourceText.MayEndIn"/>.</summary>
    internal bool MayEndIn(string segment) => _id is not null || _text?.MayEndIn(segment) != false;

    /// <summary>What is read of the resource's own words; once for all resources that stand in the same ones. See <see cref="ResourceText.Share"/>.</summary>
    internal T Share<T>(Func<Resource, T> read)
        where T : class => _text?.Share(this, read) ?? read(this);

    /// <summary>A property without parsing the body; false where that takes parsing it. See <see cref="ResourceText.TryRead"/>.</summary>
    internal bool TryRead(string property, out bool isThere, out ExpressionValue value)
    {
        if (_text is not null) return _text.TryRead(property, out isThere, out value);
        isThere = false;
        value = default;
        return false;
    }

    /// <summary>Whether the body is an object; of a text that need not be parsed to know it.</summary>
    internal bool IsObject => _text is not null || _body.ValueKind == JsonValueKind.Object;

    /// <summary>Whether the body may have a name in other letters.</summary>
    internal bool MayHaveOtherSpelling(string name) => Names?.MayHaveOtherSpelling(name) != false;

    /// <summary>The member <c>properties</c> where it was parsed for another line already, and nothing beside it marks the resource.</summary>
    internal bool TryGetSharedProperties(out JsonElement value)
    {
        if (_text is not null) return _text.TryGetProperties(out value);
        value = default;
        return false;
    }

    /// <summary>The member <c>properties</c> of the body, which nearly every question goes through.</summary>
    internal bool TryGetProperties(out JsonElement value)
    {
        _properties ??= (_text is not null && _text.TryGetProperties(out JsonElement found))
            || TryGetMember(Body, PropertiesName, PropertiesName, out found) ? found : default;
        value = _properties.GetValueOrDefault();
        return value.ValueKind != JsonValueKind.Undefined;
    }

    private bool TryGetFolded(JsonElement container, string path, string name, out JsonElement value)
    {
        _foldedProperties ??= new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (!_foldedProperties.TryGetValue(path, out value))
        {
            foreach (JsonProperty property in container.EnumerateObject())
            {
                if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    value = property.Value;
                    break;
                }
            }

            _foldedProperties[path] = value;
        }

        return value.ValueKind != JsonValueKind.Undefined;
    }
}
