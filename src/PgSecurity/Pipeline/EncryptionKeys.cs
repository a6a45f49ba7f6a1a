#if NET8_0_OR_GREATER
using PgSecurity.Database.Encryption;

namespace PgSecurity.Pipeline;

/// <summary>Key files as a user sees them.</summary>
internal static class EncryptionKeys
{
    /// <summary>What is in a key file, with the SQL for domains of its column.</summary>
    public static EncryptionKey Show(KeyFile file, string path) => new()
    {
        KeyId = file.KeyId,
        Column = file.Column,
        WrappingKey = file.Key.WrappingKey,
        Path = path,
        CreatedAt = file.CreatedAt,
        IndexBits = file.IndexBits,
        TextDomainSql = ColumnDomain.Create("public", "pg_protected_text", isText: true),
        BytesDomainSql = ColumnDomain.Create("public", "pg_protected_bytes", isText: false),
    };
}
#endif
