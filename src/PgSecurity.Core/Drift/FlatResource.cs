using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Drift;

/// <summary>
/// A resource as paths and values. Members of a list that have a name or id are known by it, so that another order is no
/// change; a list of plain values is one value, in order of its texts. A null is absent.
/// </summary>
internal sealed class FlatResource
{
    private const string Secret = "(a secret)";
    private static readonly string[] Envelope = { "id", "type", "name" };
    private static readonly string[] Keys = { "name", "id", "category", "categoryGroup" };

    private readonly string _type;
    private readonly Dictionary<string, FlatValue> _values = new(StringComparer.OrdinalIgnoreCase);

    private FlatResource(string type) => _type = type;

    /// <summary>The values by path.</summary>
    public IReadOnlyDictionary<string, FlatValue> Values => _values;

    /// <summary>Flattens a resource.</summary>
    public static FlatResource Of(Resource resource)
    {
        FlatResource flat = new(resource.Type);
        bool isSecretParameter = Secrets.IsSecretParameter(resource.Name);
        foreach (JsonProperty member in resource.Body.EnumerateObject())
        {
            if (!Envelope.Contains(member.Name, StringComparer.OrdinalIgnoreCase)) flat.AddMember(resource.Body, member, "", isSecretParameter);
        }

        return flat;
    }

    /// <summary>Why the value of a path is not known: its own mark, or that of an object above it; null where it is known or absent.</summary>
    public string? UnknownReason(string path)
    {
        for (string at = path; ; at = at.Substring(0, Math.Max(0, at.LastIndexOfAny(new[] { '.', '[' }))))
        {
            if (at.Length == 0) return null;
            if (_values.TryGetValue(at, out FlatValue? value) && value.UnknownReason is string reason) return reason;
        }
    }

    private void AddMember(JsonElement container, JsonProperty member, string path, bool isSecretParameter)
    {
        if (DriftNoise.IsProperty(_type, member.Name)) return;
        string at = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
        bool isSecret = Secrets.IsSecretName(member.Name)
            || Secrets.IsPrivateKeyMember(container, member.Name)
            || (isSecretParameter && member.Name is "value" or "defaultValue");
        if (isSecret && member.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False) && !UnknownValue.Is(member.Value))
        {
            _values[at] = new FlatValue(member.Value.GetRawText(), Secret, null);
            return;
        }

        Add(member.Value, at, isSecretParameter);
    }

    private void Add(JsonElement value, string path, bool isSecretParameter)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            case JsonValueKind.Object when UnknownValue.Is(value):
                _values[path] = new FlatValue("", "", UnknownValue.Reason(value));
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject()) AddMember(value, member, path, isSecretParameter);
                break;
            case JsonValueKind.Array when value.EnumerateArray().Any(item => item.ValueKind is JsonValueKind.Object or JsonValueKind.Array):
                AddItems(value, path, isSecretParameter);
                break;
            case JsonValueKind.Array:
                List<string> texts = value.EnumerateArray().Select(Text).OrderBy(text => text, StringComparer.Ordinal).ToList();
                Set(path, string.Join(", ", texts));
                break;
            default:
                Set(path, Text(value));
                break;
        }
    }

    private void AddItems(JsonElement list, string path, bool isSecretParameter)
    {
        int index = 0;
        HashSet<string> used = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonElement item in list.EnumerateArray())
        {
            string number = index++.ToString(CultureInfo.InvariantCulture);
            string key = Keys.Select(name => KeyOf(item, name)).FirstOrDefault(text => text is not null) ?? number;
            Add(item, $"{path}[{(used.Add(key) ? key : number)}]", isSecretParameter);
        }
    }

    private void Set(string path, string text) =>
        _values[path] = new FlatValue(text, Secrets.IsSecretText(text) ? Secret : text, null);

    private static string? KeyOf(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty(name, out JsonElement key)
        && key.ValueKind == JsonValueKind.String
        && key.GetString() is { Length: > 0 } text
            ? ResourceId.NameOf(text)
            : null;

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
