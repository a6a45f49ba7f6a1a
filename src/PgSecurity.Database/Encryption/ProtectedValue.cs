using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// A value that the server cannot read. The format is documented with test vectors in
/// <c>docs/guides/client-side-encryption.md</c>: a header that says all that is needed and is authenticated, a commitment to
/// the one key that opens it, and AES-256-GCM under a key of its own for each value, bound to column and row.
/// </summary>
public static class ProtectedValue
{
    /// <summary>The length of what is added to a value, in bytes.</summary>
    public const int Overhead = HeaderLength + TagLength;

    private const int HeaderLength = 87;
    private const int TagLength = 16;
    private const int MessageIdLength = 32;
    private const int CommitmentLength = 32;
    private const int NonceLength = 12;
    private const int KindAt = 6;
    private const int KeyIdAt = 7;
    private const int MessageIdAt = KeyIdAt + DataKey.IdLength;
    private const int CommitmentAt = MessageIdAt + MessageIdLength;
    private static readonly byte[] Beginning = [0x50, 0x47, 0x53, 0x45, 1, 1];
    private static readonly byte[] Label = Encoding.ASCII.GetBytes("pgsecurity/value/1");

    /// <summary>Protects a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="kind">What its bytes are.</param>
    /// <param name="key">The column's key.</param>
    /// <param name="row">What identifies the row; null where the value may stand in any row of the column.</param>
    public static byte[] Protect(ReadOnlySpan<byte> value, ValueKind kind, DataKey key, string? row) =>
        Protect(value, kind, key, row, RandomNumberGenerator.GetBytes(MessageIdLength));

    /// <summary>Opens a protected value.</summary>
    /// <param name="protectedValue">What <see cref="Protect(ReadOnlySpan{byte}, ValueKind, DataKey, string?)"/> gave.</param>
    /// <param name="keys">The keys that the caller allows.</param>
    /// <param name="row">The row that it was bound to; null where it was bound to none.</param>
    /// <exception cref="EncryptionException">It does not open.</exception>
    public static (byte[] Value, ValueKind Kind) Unprotect(ReadOnlySpan<byte> protectedValue, IReadOnlyCollection<DataKey> keys, string? row)
    {
        ReadOnlySpan<byte> header = Header(protectedValue);
        DataKey key = Find(header, keys);
        Span<byte> secrets = stackalloc byte[DataKey.Length + CommitmentLength + NonceLength];
        try
        {
            Derive(key, header, secrets);

            // Before anything is decrypted: AES-GCM alone opens one text under two keys to two values.
            if (!CryptographicOperations.FixedTimeEquals(secrets.Slice(DataKey.Length, CommitmentLength), header.Slice(CommitmentAt, CommitmentLength))) throw DoesNotOpen();
            byte[] value = new byte[protectedValue.Length - Overhead];
            using AesGcm cipher = new(secrets[..DataKey.Length], TagLength);
            cipher.Decrypt(secrets[^NonceLength..], protectedValue[HeaderLength..^TagLength], protectedValue[^TagLength..], value, Associated(header, key.Column, row));
            return (value, (ValueKind)header[KindAt]);
        }
        catch (CryptographicException cause)
        {
            throw DoesNotOpen(cause);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
        }
    }

    /// <summary>The id of the key that opens a protected value.</summary>
    /// <exception cref="EncryptionException">It is no protected value.</exception>
    public static string KeyIdOf(ReadOnlySpan<byte> protectedValue) =>
        Convert.ToHexString(Header(protectedValue).Slice(KeyIdAt, DataKey.IdLength)).ToLowerInvariant();

    /// <summary>Protects with a message id that is given: for test vectors only, since an id must never be used twice.</summary>
    internal static byte[] Protect(ReadOnlySpan<byte> value, ValueKind kind, DataKey key, string? row, byte[] messageId)
    {
        byte[] result = new byte[value.Length + Overhead];
        Span<byte> header = result.AsSpan(0, HeaderLength);
        Beginning.CopyTo(header);
        header[KindAt] = (byte)kind;
        Convert.FromHexString(key.Id).CopyTo(header[KeyIdAt..]);
        messageId.CopyTo(header[MessageIdAt..]);
        Span<byte> secrets = stackalloc byte[DataKey.Length + CommitmentLength + NonceLength];
        try
        {
            Derive(key, header, secrets);
            secrets.Slice(DataKey.Length, CommitmentLength).CopyTo(header[CommitmentAt..]);
            using AesGcm cipher = new(secrets[..DataKey.Length], TagLength);
            cipher.Encrypt(secrets[^NonceLength..], value, result.AsSpan(HeaderLength, value.Length), result.AsSpan(HeaderLength + value.Length), Associated(header, key.Column, row));
            return result;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secrets);
        }
    }

    /// <summary>The key of this value, the commitment to it, and the nonce, from the data key and the header before the commitment.</summary>
    private static void Derive(DataKey key, ReadOnlySpan<byte> header, Span<byte> secrets) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA512, key.Bytes, secrets, header.Slice(MessageIdAt, MessageIdLength), [.. Label, .. header[..MessageIdAt]]);

    private static byte[] Associated(ReadOnlySpan<byte> header, string column, string? row) =>
        [.. header, .. row is null ? LengthPrefixed.Of(column) : LengthPrefixed.Of(column, row)];

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> value)
    {
        if (value.Length < Overhead || !value[..4].SequenceEqual(Beginning.AsSpan(0, 4)))
        {
            throw new EncryptionException("The value is not one that Protect-PgValue wrote.", "Give the protected value as it is in the column: base64 text or bytes.");
        }

        if (!value[..Beginning.Length].SequenceEqual(Beginning) || value[KindAt] > (byte)ValueKind.Text)
        {
            throw new EncryptionException("The value is protected in a format that this version does not know.", "Use a version of PgSecurity that knows it.");
        }

        return value[..HeaderLength];
    }

    private static DataKey Find(ReadOnlySpan<byte> header, IReadOnlyCollection<DataKey> keys)
    {
        string id = Convert.ToHexString(header.Slice(KeyIdAt, DataKey.IdLength)).ToLowerInvariant();
        return keys.FirstOrDefault(key => key.Id == id) ?? throw new EncryptionException(
            $"The value was protected with the key {id}, which is not among those that are allowed.", "Give the file of that key too, if you trust it.");
    }

    private static EncryptionException DoesNotOpen(Exception? cause = null) => new(
        "The value does not open: it was changed, or it belongs to another column or row.", "Give the row that it was protected with, and the value as it was written.", cause);
}
