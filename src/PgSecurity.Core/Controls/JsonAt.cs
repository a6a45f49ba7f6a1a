using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Controls;

/// <summary>
/// A value in a JSON file that people write, with its place, read strictly: what is missing, strange or of the wrong
/// kind is noted with its pointer, and reading goes on, so that one pass names every fault of a file.
/// </summary>
internal readonly struct JsonAt
{
    private readonly string _file;
    private readonly List<ControlError> _errors;

    public JsonAt(JsonElement value, string pointer, string file, List<ControlError> errors)
    {
        Value = value;
        Pointer = pointer;
        _file = file;
        _errors = errors;
    }

    public JsonElement Value { get; }

    public string Pointer { get; }

    public bool Exists => Value.ValueKind != JsonValueKind.Undefined;

    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    /// <summary>Notes a fault of this value.</summary>
    public void Fault(string reason, string advice) => _errors.Add(new ControlError(_file, Pointer, reason, advice));

    /// <summary>The member of that name; one that does not exist where it is absent.</summary>
    public JsonAt this[string name] => At(
        IsObject && Value.TryGetProperty(name, out JsonElement member) ? member : default, name);

    public IEnumerable<JsonAt> Items()
    {
        if (!Exists) yield break;
        if (Value.ValueKind != JsonValueKind.Array)
        {
            Fault("This is not an array.", "Put it in [ ].");
            yield break;
        }

        int index = 0;
        foreach (JsonElement item in Value.EnumerateArray())
        {
            yield return At(item, (index++).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    public IEnumerable<(string Name, JsonAt Value)> Members()
    {
        if (!Exists) yield break;
        if (!IsObject)
        {
            Fault("This is not an object.", "Put it in { }.");
            yield break;
        }

        foreach (JsonProperty member in Value.EnumerateObject())
        {
            yield return (member.Name, At(member.Value, member.Name));
        }
    }

    /// <summary>Notes every member that is not one of these.</summary>
    public void Allow(params string[] names)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((string name, JsonAt member) in Members())
        {
            if (!seen.Add(name)) member.Fault($"'{name}' is here twice.", "Keep one of them.");
            if (names.Contains(name, StringComparer.Ordinal)) continue;
            member.Fault($"There is no '{name}' here.", NearestNames.Advice(name, names, $"Valid are {string.Join(", ", names)}."));
        }
    }

    /// <summary>The text of a member; empty, with a fault noted, where it is missing or none.</summary>
    public string Text(string name)
    {
        JsonAt member = this[name];
        if (!member.Exists)
        {
            Fault($"'{name}' is missing.", "Add it; it is a text.");
            return "";
        }

        return member.AsText();
    }

    /// <summary>The text of a member that may be left out.</summary>
    public string OptionalText(string name) => this[name].Exists ? this[name].AsText() : "";

    public string AsText()
    {
        if (Value.ValueKind == JsonValueKind.String && Value.GetString()!.Trim().Length > 0) return Value.GetString()!;
        Fault("This is not a text, or an empty one.", "Write it in double quotes.");
        return "";
    }

    /// <summary>The texts of an array that may be left out.</summary>
    public IReadOnlyList<string> Texts(string name) => this[name].Items().Select(item => item.AsText()).ToList();

    /// <summary>A text that must be one of a list; the first of it, with a fault noted, where it is not.</summary>
    public string OneOf(string name, IReadOnlyCollection<string> valid)
    {
        string text = Text(name);
        if (text.Length == 0 || valid.Contains(text, StringComparer.Ordinal)) return text.Length == 0 ? valid.First() : text;
        this[name].Fault($"'{text}' is not one of the valid values.", $"Valid are {string.Join(", ", valid)}.");
        return valid.First();
    }

    private JsonAt At(JsonElement value, string name) =>
        new(value, Pointer + "/" + Escape(name), _file, _errors);

    private static string Escape(string name) => string.Join("~1", string.Join("~0", name.Split('~')).Split('/'));
}
