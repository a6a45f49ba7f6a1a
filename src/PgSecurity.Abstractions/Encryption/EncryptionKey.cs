using System;

namespace PgSecurity;

/// <summary>The key of a column, as it stands in its file: wrapped, never in the clear.</summary>
public sealed class EncryptionKey
{
    /// <summary>The data key's id, which every value carries.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>The column's stable logical name.</summary>
    public string Column { get; init; } = "";

    /// <summary>The wrapping key's full id with its version.</summary>
    public string WrappingKey { get; init; } = "";

    /// <summary>The file.</summary>
    public string Path { get; init; } = "";

    /// <summary>When it was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The bits of the search index; 0 where there is none.</summary>
    public int IndexBits { get; init; }

    /// <summary>SQL for a domain of type text that keeps plain text out of the column.</summary>
    public string TextDomainSql { get; init; } = "";

    /// <summary>SQL for a domain of type bytea that keeps plain text out of the column.</summary>
    public string BytesDomainSql { get; init; } = "";
}
