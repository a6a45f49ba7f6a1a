namespace PgSecurity.Database.Encryption;

/// <summary>What the bytes of a value are.</summary>
public enum ValueKind : byte
{
    /// <summary>Bytes.</summary>
    Bytes = 0,

    /// <summary>Text in UTF-8.</summary>
    Text = 1,
}
