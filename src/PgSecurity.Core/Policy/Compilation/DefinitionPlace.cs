using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Policy;

/// <summary>A value of a definition together with where it is, so that every error can say so.</summary>
internal readonly struct DefinitionPlace
{
    public DefinitionPlace(string source, string pointer, JsonElement value)
    {
        Source = source;
        Pointer = pointer;
        Value = value;
    }

    public string Source { get; }

    public string Pointer { get; }

    public JsonElement Value { get; }

    /// <summary>A member of the object that is here, by its name as it is written.</summary>
    public DefinitionPlace Member(string name, JsonElement value) =>
        new(Source, $"{Pointer}/{string.Join("~1", string.Join("~0", name.Split('~')).Split('/'))}", value);

    /// <summary>The members of the array that is here.</summary>
    public IReadOnlyList<DefinitionPlace> Items()
    {
        if (Value.ValueKind != JsonValueKind.Array) throw Wrong($"expected an array, found {Kind}");
        DefinitionPlace here = this;
        return Value.EnumerateArray()
            .Select((item, i) => new DefinitionPlace(here.Source, here.Pointer + "/" + i.ToString(CultureInfo.InvariantCulture), item))
            .ToArray();
    }

    /// <summary>The members of the object that is here; names are compared without regard to case and may stand once.</summary>
    public Dictionary<string, DefinitionPlace> Members()
    {
        if (Value.ValueKind != JsonValueKind.Object) throw Wrong($"expected an object, found {Kind}");
        Dictionary<string, DefinitionPlace> members = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in Value.EnumerateObject())
        {
            if (members.ContainsKey(member.Name)) throw Wrong($"the member '{member.Name}' stands twice; expected once");
            members[member.Name] = Member(member.Name, member.Value);
        }

        return members;
    }

    /// <summary>The members of the object that is here, which may have no others than these.</summary>
    public Dictionary<string, DefinitionPlace> Members(params string[] valid)
    {
        Dictionary<string, DefinitionPlace> members = Members();
        foreach (KeyValuePair<string, DefinitionPlace> member in members)
        {
            if (!valid.Contains(member.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw member.Value.Wrong($"there is no '{member.Key}' here; valid are {string.Join(", ", valid)}");
            }
        }

        return members;
    }

    /// <summary>The string that is here.</summary>
    public string Text() =>
        Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong($"expected a string, found {Kind}");

    /// <summary>An error at this place.</summary>
    public PolicyLoadException Wrong(string problem, Exception? inner = null) => new(Source, Pointer, problem, inner);

    private string Kind => Value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };
}
