using System;
using System.Security.Cryptography;
using System.Text;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// A short keyed hash of a text, to find rows by equality without the server learning the text. Cut so short that several
/// texts share one: what it gives away is bounded, and rows that are found must be opened and compared. It tells which rows
/// may be equal, so it is off unless it is asked for, and has a key of its own.
/// </summary>
public sealed class SearchIndex : IDisposable
{
    /// <summary>The fewest bits.</summary>
    public const int FewestBits = 4;

    /// <summary>The most bits.</summary>
    public const int MostBits = 64;

    private static readonly byte[] Label = Encoding.ASCII.GetBytes("pgsecurity/index/1");
    private readonly byte[] _key;
    private readonly string _column;
    private readonly int _bits;

    /// <summary>Makes it of a key of 32 bytes, which it takes over.</summary>
    public SearchIndex(byte[] key, string column, int bits)
    {
        if (key.Length != DataKey.Length) throw new ArgumentException("The key of an index has 32 bytes.", nameof(key));
        if (bits is < FewestBits or > MostBits) throw new ArgumentOutOfRangeException(nameof(bits), "An index has 4 to 64 bits.");
        _key = key;
        _column = column;
        _bits = bits;
    }

    /// <summary>The index of a text, in normal form C: the first bits of the hash as hexadecimal digits, unused bits zero.</summary>
    public string Of(string text)
    {
        byte[] input = [.. Label, .. LengthPrefixed.Of(_column, text.Normalize(NormalizationForm.FormC))];
        byte[] hash = HMACSHA256.HashData(_key, input);
        byte[] cut = hash[..((_bits + 7) / 8)];
        if (_bits % 8 != 0) cut[^1] &= (byte)(0xff << (8 - (_bits % 8)));
        return Convert.ToHexString(cut).ToLowerInvariant();
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);
}
