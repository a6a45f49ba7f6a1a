using System;
using System.Security.Cryptography;
using System.Text;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// The key of one column, in memory. Its id is derived from key and column, so that an id that the caller knows cannot be
/// given to another key. Wiped when it is let go.
/// </summary>
public sealed class DataKey : IDisposable
{
    /// <summary>The length of a key in bytes.</summary>
    public const int Length = 32;

    /// <summary>The length of an id in bytes.</summary>
    public const int IdLength = 16;

    private static readonly byte[] IdLabel = Encoding.ASCII.GetBytes("pgsecurity/key-id/1");
    private readonly byte[] _key;

    /// <summary>Makes it of 32 bytes, which it takes over.</summary>
    /// <exception cref="ArgumentException">There are not 32 bytes, or the column has no name.</exception>
    public DataKey(byte[] key, string column)
    {
        if (key.Length != Length) throw new ArgumentException("A data key has 32 bytes.", nameof(key));
        if (column.Length == 0) throw new ArgumentException("A data key belongs to a column.", nameof(column));
        _key = key;
        Column = column;
        byte[] id = HKDF.DeriveKey(HashAlgorithmName.SHA512, key, IdLength, salt: [], info: [.. IdLabel, .. LengthPrefixed.Of(column)]);
        Id = Convert.ToHexString(id).ToLowerInvariant();
    }

    /// <summary>The column's stable logical name, such as <c>shop.public.customers.ssn</c>: what is bound to, not what is renamed.</summary>
    public string Column { get; }

    /// <summary>The id in hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>The key's bytes.</summary>
    internal ReadOnlySpan<byte> Bytes => _key;

    /// <summary>A new key.</summary>
    public static DataKey Create(string column) => new(RandomNumberGenerator.GetBytes(Length), column);

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
