using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>Builds the resource of a derived facet: properties that are values, or marked unknown with the reason.</summary>
public sealed class Fact
{
    private const int UsualProperties = 12;

    private readonly List<FactProperty> _properties = new(UsualProperties);

    /// <summary>Sets a text; null leaves the property out.</summary>
    public Fact Set(string name, string? value) => value is null ? this : Put(FactProperty.Of(name, value));

    /// <summary>Sets the property <c>summary</c>: the fact in a sentence, which a finding shows in place of its properties.</summary>
    public Fact Summarize(string sentence) => Set("summary", sentence);

    /// <summary>Sets a truth of two values.</summary>
    public Fact Set(string name, bool value) => Put(FactProperty.Of(name, value));

    /// <summary>Sets a whole number.</summary>
    public Fact Set(string name, long value) => Put(FactProperty.Of(name, value));

    /// <summary>Sets a whole number, or marks it where a reason says that it is not known.</summary>
    public Fact SetUnless(string? unknownReason, string name, long value) =>
        unknownReason is null ? Set(name, value) : SetUnknown(name, unknownReason);

    /// <summary>Sets a list of texts.</summary>
    public Fact Set(string name, IEnumerable<string> values) =>
        Put(FactProperty.Of(name, values as IReadOnlyList<string> ?? values.ToArray()));

    /// <summary>Sets a list of anything; a member that is the mark (<see cref="Mark"/>) says that there may be more.</summary>
    public Fact Set(string name, JsonArray values) => Put(FactProperty.Of(name, values));

    /// <summary>Sets a truth of three values; an unknown one becomes the mark with its reason.</summary>
    public Fact Set(string name, Truth value, string reasonIfUnknown) =>
        value == Truth.Unknown ? SetUnknown(name, reasonIfUnknown) : Set(name, value == Truth.True);

    /// <summary>Marks a property as unknown.</summary>
    public Fact SetUnknown(string name, string reason) => Put(FactProperty.Unknown(name, reason));

    /// <summary>The mark of a value that is not known.</summary>
    public static JsonObject Mark(string reason) => new() { [UnknownValue.Key] = reason };

    /// <summary>Sets a property to the text of a field: left out where it is absent, marked where it is unknown.</summary>
    public Fact Set(string name, ResourceField field) =>
        field.IsUnknown ? SetUnknown(name, field.UnknownReason!) : Set(name, field.Text);

    /// <summary>The properties as they stand, for a member of a list.</summary>
    public JsonObject ToObject() => JsonObject.Create(JsonBuilder.Build(this, static (writer, fact) => fact.WriteProperties(writer)))!;

    /// <summary>The resource, with an id below the server's.</summary>
    public Resource ToResource(Posture posture, string type, string name) =>
        ToResource($"{posture.Id.Value}/providers/{type}/{name}", type, name);

    /// <summary>The resource under an id of its own, such as that of the resource it is about.</summary>
    public Resource ToResource(string id, string type, string name) => new(new FactText(this, id, type, name), type, name, gap: null);

    /// <summary>The JSON object of the resource.</summary>
    internal JsonElement ToBody(string id, string type, string name) =>
        JsonBuilder.Build((Fact: this, id, type, name), static (writer, state) =>
        {
            writer.WriteStartObject();
            writer.WriteString("id", state.id);
            writer.WriteString("type", state.type);
            writer.WriteString("name", state.name);
            writer.WritePropertyName("properties");
            state.Fact.WriteProperties(writer);
            writer.WriteEndObject();
        });

    /// <summary>The property of a name, letter by letter or else without regard to case; null where there is none.</summary>
    internal FactProperty? Find(string name) =>
        Find(name, StringComparison.Ordinal) ?? Find(name, StringComparison.OrdinalIgnoreCase);

    private FactProperty? Find(string name, StringComparison comparison)
    {
        foreach (FactProperty property in _properties)
        {
            if (string.Equals(property.Name, name, comparison)) return property;
        }

        return null;
    }

    private void WriteProperties(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (FactProperty property in _properties)
        {
            property.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>What is set again takes the place of what was set before.</summary>
    private Fact Put(in FactProperty property)
    {
        for (int i = 0; i < _properties.Count; i++)
        {
            if (!string.Equals(_properties[i].Name, property.Name, StringComparison.Ordinal)) continue;
            _properties[i] = property;
            return this;
        }

        _properties.Add(property);
        return this;
    }
}
