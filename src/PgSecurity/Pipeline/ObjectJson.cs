using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Security;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Pipeline;

/// <summary>
/// Objects of the pipeline as JSON: what <c>ConvertFrom-Json</c> made, hashtables, and the objects of the Az modules.
/// A secret, and a property that cannot be read, become the mark of an unknown value: never a value, and never absent.
/// </summary>
internal sealed class ObjectJson
{
    private const int DeepestLevel = 64;

    private readonly Utf8JsonWriter _writer;
    private readonly HashSet<object> _path = new(new ByReference());

    private ObjectJson(Utf8JsonWriter writer) => _writer = writer;

    /// <summary>An object as JSON text.</summary>
    public static string Write(object? value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, new JsonWriterOptions { SkipValidation = false }))
        {
            new ObjectJson(writer).WriteValue(value, 0);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private void WriteValue(object? value, int depth)
    {
        object? bare = value is PSObject wrapped ? wrapped.BaseObject : value;
        if (bare is null or DBNull) _writer.WriteNullValue();
        else if (WriteScalar(bare)) return;
        else if (depth >= DeepestLevel) WriteUnknown($"nested deeper than {DeepestLevel} levels");
        else WriteContainer(value!, bare, depth);
    }

    private void WriteContainer(object value, object bare, int depth)
    {
        // All custom objects have the same base object: their identity is that of what wraps it.
        object identity = bare is PSCustomObject ? value : bare;
        if (!_path.Add(identity))
        {
            WriteUnknown("the object contains itself");
            return;
        }

        try
        {
            if (bare is IDictionary dictionary) WriteDictionary(dictionary, depth);
            else if (IsNewtonsoftToken(bare)) WriteNewtonsoftToken(bare);
            else if (bare is IEnumerable items) WriteArray(items, depth);
            else WriteProperties(PSObject.AsPSObject(value), depth);
        }
        finally
        {
            _path.Remove(identity);
        }
    }

    private bool WriteScalar(object value)
    {
        switch (value)
        {
            case string text:
                _writer.WriteStringValue(text);
                return true;
            case bool flag:
                _writer.WriteBooleanValue(flag);
                return true;
            case SwitchParameter flag:
                _writer.WriteBooleanValue(flag.IsPresent);
                return true;
            case SecureString or PSCredential:
                WriteUnknown("a secret");
                return true;
            case Enum or char or Guid or Uri or Version or TimeSpan:
                _writer.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                return true;
            case DateTime time:
                _writer.WriteStringValue(time.ToString("o", CultureInfo.InvariantCulture));
                return true;
            case DateTimeOffset time:
                _writer.WriteStringValue(time.ToString("o", CultureInfo.InvariantCulture));
                return true;
            case JsonElement element:
                element.WriteTo(_writer);
                return true;
            case Delegate or ScriptBlock or Type:
                WriteUnknown("not data");
                return true;
            default:
                return WriteNumber(value);
        }
    }

    private bool WriteNumber(object value)
    {
        switch (value)
        {
            case sbyte or byte or short or ushort or int or uint or long:
                _writer.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                return true;
            case ulong number:
                _writer.WriteNumberValue(number);
                return true;
            case decimal number:
                _writer.WriteNumberValue(number);
                return true;
            case float or double:
                WriteFloating(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                return true;
            case System.Numerics.BigInteger number:
                _writer.WriteRawValue(number.ToString(CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

    private void WriteFloating(double number)
    {
        if (double.IsNaN(number) || double.IsInfinity(number)) WriteUnknown("not a number that JSON has");
        else _writer.WriteNumberValue(number);
    }

    private void WriteDictionary(IDictionary dictionary, int depth)
    {
        _writer.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            _writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "");
            WriteValue(entry.Value, depth + 1);
        }

        _writer.WriteEndObject();
    }

    private void WriteArray(IEnumerable items, int depth)
    {
        _writer.WriteStartArray();
        foreach (object? item in items)
        {
            WriteValue(item, depth + 1);
        }

        _writer.WriteEndArray();
    }

    private void WriteProperties(PSObject value, int depth)
    {
        _writer.WriteStartObject();
        foreach (PSPropertyInfo property in value.Properties)
        {
            if (!IsData(property)) continue;
            _writer.WritePropertyName(property.Name);
            if (TryGet(property, out object? content)) WriteValue(content, depth + 1);
            else WriteUnknown("the property could not be read");
        }

        _writer.WriteEndObject();
    }

    /// <summary>Script properties run code of others and aliases say things twice: neither is data.</summary>
    private static bool IsData(PSPropertyInfo property) =>
        property.IsGettable && property.MemberType is PSMemberTypes.NoteProperty or PSMemberTypes.Property;

    private static bool TryGet(PSPropertyInfo property, out object? content)
    {
        try
        {
            content = property.Value;
            return true;
        }
        catch (GetValueException)
        {
            content = null;
            return false;
        }
    }

    private static bool IsNewtonsoftToken(object value) =>
        value.GetType().FullName?.StartsWith("Newtonsoft.Json.Linq.J", StringComparison.Ordinal) == true;

    private void WriteNewtonsoftToken(object token)
    {
        if (token.GetType().Name == "JValue")
        {
            WriteValue(token.GetType().GetProperty("Value")?.GetValue(token), 0);
            return;
        }

        using JsonDocument document = JsonDocument.Parse(token.ToString() ?? "null");
        document.RootElement.WriteTo(_writer);
    }

    private void WriteUnknown(string reason)
    {
        _writer.WriteStartObject();
        _writer.WriteString(UnknownValue.Key, reason);
        _writer.WriteEndObject();
    }

    private sealed class ByReference : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object? left, object? right) => ReferenceEquals(left, right);

        int IEqualityComparer<object>.GetHashCode(object value) => RuntimeHelpers.GetHashCode(value);
    }
}
