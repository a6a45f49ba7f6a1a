namespace PgSecurity.Core.Policy;

/// <summary>What reading a field came to.</summary>
internal enum Presence
{
    /// <summary>The field is not there, or null: policy's rules for a missing field hold.</summary>
    Missing,

    /// <summary>There is a value; it may be marked as unknown.</summary>
    Found,

    /// <summary>It cannot be told whether there is a value.</summary>
    Unknown,

    /// <summary>The path goes through an array: there are any number of values.</summary>
    Many,
}
