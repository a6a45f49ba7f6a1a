namespace PgSecurity;

/// <summary>A protected value with what finds it.</summary>
public sealed class IndexedValue
{
    /// <summary>Makes it.</summary>
    public IndexedValue(object value, string index)
    {
        Value = value;
        Index = index;
    }

    /// <summary>The protected value: base64 text or bytes.</summary>
    public object Value { get; }

    /// <summary>The index: hexadecimal digits for a column of its own. Several values may share one.</summary>
    public string Index { get; }
}
