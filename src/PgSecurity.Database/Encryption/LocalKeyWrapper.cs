using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// A wrapping key in a file: for tests and rehearsals. Whoever reads the file reads every value, so that in production the
/// key belongs into Key Vault.
/// </summary>
public sealed class LocalKeyWrapper : IKeyWrapper, IDisposable
{
    private const string Schema = "pgsecurity/local-wrapping-key/1";
    private const string Algorithm = "A256GCM";
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private readonly byte[] _key;
    private readonly string _id;

    private LocalKeyWrapper(byte[] key)
    {
        _key = key;
        _id = "file:" + Convert.ToHexString(HKDF.DeriveKey(HashAlgorithmName.SHA512, key, DataKey.IdLength, info: Encoding.ASCII.GetBytes("pgsecurity/local-wrapping-key/1"))).ToLowerInvariant();
    }

    /// <summary>Opens a file, and makes it with a new key where it is not there; readable for its owner alone, where the system knows that.</summary>
    /// <exception cref="EncryptionException">It is no file of such a key, or cannot be read or written.</exception>
    public static LocalKeyWrapper OpenOrCreate(string path)
    {
        try
        {
            if (!File.Exists(path)) Create(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EncryptionException($"The local key '{path}' cannot be written: {cause.Message.TrimEnd('.')}.", "Name a file in a folder that you may write to.", cause);
        }

        return Open(path);
    }

    /// <summary>Opens a file.</summary>
    /// <exception cref="EncryptionException">It is no file of such a key, or cannot be read.</exception>
    public static LocalKeyWrapper Open(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            byte[] key = document.RootElement.GetProperty("key").GetBytesFromBase64();
            if (document.RootElement.GetProperty("schema").GetString() == Schema && key.Length == DataKey.Length) return new LocalKeyWrapper(key);
        }
        catch (Exception cause) when (cause is JsonException or FormatException or InvalidOperationException or System.Collections.Generic.KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            // What the file holds is a key: not even the parser's message, which may quote it, is told.
        }

        throw new EncryptionException($"'{path}' is not a local wrapping key that can be read.", "Name the file that New-PgEncryptionKey -LocalKeyFile made.");
    }

    /// <inheritdoc/>
    public Task<WrappedKey> WrapAsync(byte[] dataKey, CancellationToken stop)
    {
        byte[] value = new byte[NonceLength + dataKey.Length + TagLength];
        Span<byte> nonce = value.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using AesGcm cipher = new(_key, TagLength);
        cipher.Encrypt(nonce, dataKey, value.AsSpan(NonceLength, dataKey.Length), value.AsSpan(NonceLength + dataKey.Length), LengthPrefixed.Of(_id));
        CryptographicOperations.ZeroMemory(dataKey);
        return Task.FromResult(new WrappedKey(_id, Algorithm, value));
    }

    /// <inheritdoc/>
    public Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken stop)
    {
        if (wrapped.WrappingKey != _id || wrapped.Algorithm != Algorithm)
        {
            throw new EncryptionException($"The key was wrapped by {wrapped.WrappingKey}, and this is {_id}.", "Name the wrapping key that it was made with.");
        }

        byte[] key = new byte[Math.Max(0, wrapped.Value.Length - NonceLength - TagLength)];
        try
        {
            using AesGcm cipher = new(_key, TagLength);
            cipher.Decrypt(wrapped.Value.AsSpan(0, NonceLength), wrapped.Value.AsSpan(NonceLength, key.Length), wrapped.Value.AsSpan(wrapped.Value.Length - TagLength), key, LengthPrefixed.Of(_id));
            return Task.FromResult(key);
        }
        catch (Exception cause) when (cause is CryptographicException or ArgumentException)
        {
            throw new EncryptionException("The wrapped key was changed: it does not unwrap.", "Restore the key file from a copy that you trust.", cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private static void Create(string path)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using StreamWriter file = new(path, options);
        file.Write(new JsonObject { ["schema"] = Schema, ["key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(DataKey.Length)) }.ToJsonString() + "\n");
    }
}
