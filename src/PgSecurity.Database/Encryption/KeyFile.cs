using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Encryption;

/// <summary>
/// The file of a column's key: wrapped, so that it may lie beside the application. When the wrapping key changes the file is
/// written anew and no value is; a new data key is a new file, and old values open as long as the old one is allowed.
/// </summary>
public sealed record KeyFile
{
    private const string Schema = "pgsecurity/encryption-key/1";

    /// <summary>The data key's id.</summary>
    public string KeyId { get; init; } = "";

    /// <summary>The column's stable logical name.</summary>
    public string Column { get; init; } = "";

    /// <summary>When the data key was made (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The data key, wrapped.</summary>
    public WrappedKey Key { get; init; } = new("", "", []);

    /// <summary>The key of the search index, wrapped; null where there is none.</summary>
    public WrappedKey? IndexKey { get; init; }

    /// <summary>The bits of the search index; 0 where there is none.</summary>
    public int IndexBits { get; init; }

    /// <summary>Makes a new key for a column.</summary>
    public static async Task<KeyFile> CreateAsync(string column, IKeyWrapper wrapper, int indexBits, DateTimeOffset now, CancellationToken stop)
    {
        using DataKey key = DataKey.Create(column);
        KeyFile file = new() { KeyId = key.Id, Column = column, CreatedAt = now.ToUniversalTime(), Key = await wrapper.WrapAsync(key.Bytes.ToArray(), stop).ConfigureAwait(false) };
        if (indexBits == 0) return file;

        using DataKey index = DataKey.Create(column);
        return file with { IndexBits = indexBits, IndexKey = await wrapper.WrapAsync(index.Bytes.ToArray(), stop).ConfigureAwait(false) };
    }

    /// <summary>The same key under another wrapping key.</summary>
    public async Task<KeyFile> RewrapAsync(IKeyWrapper current, IKeyWrapper next, CancellationToken stop)
    {
        using DataKey key = await OpenAsync(current, stop).ConfigureAwait(false);
        KeyFile file = this with { Key = await next.WrapAsync(key.Bytes.ToArray(), stop).ConfigureAwait(false) };
        return IndexKey is null
            ? file
            : file with { IndexKey = await next.WrapAsync(await current.UnwrapAsync(IndexKey, stop).ConfigureAwait(false), stop).ConfigureAwait(false) };
    }

    /// <summary>Unwraps the data key.</summary>
    /// <exception cref="EncryptionException">It does not unwrap, or another key was put in its place.</exception>
    public async Task<DataKey> OpenAsync(IKeyWrapper wrapper, CancellationToken stop)
    {
        byte[] bytes = await wrapper.UnwrapAsync(Key, stop).ConfigureAwait(false);
        if (bytes.Length == DataKey.Length)
        {
            DataKey key = new(bytes, Column);
            if (key.Id == KeyId) return key;
            key.Dispose();
        }

        throw new EncryptionException($"The key file for '{Column}' holds another key than {KeyId}: it was changed.", "Restore the file from a copy that you trust.");
    }

    /// <summary>Unwraps the key of the search index.</summary>
    /// <exception cref="EncryptionException">There is none, or it does not unwrap.</exception>
    public async Task<SearchIndex> OpenIndexAsync(IKeyWrapper wrapper, CancellationToken stop)
    {
        if (IndexKey is null) throw new EncryptionException($"The key for '{Column}' has no search index.", "Make the key with -IndexBits, if equal values may be told from others.");
        byte[] bytes = await wrapper.UnwrapAsync(IndexKey, stop).ConfigureAwait(false);
        return bytes.Length == DataKey.Length
            ? new SearchIndex(bytes, Column, IndexBits)
            : throw new EncryptionException($"The key file for '{Column}' holds a broken index key.", "Restore the file from a copy that you trust.");
    }

    /// <summary>The file's text.</summary>
    public string ToJson()
    {
        JsonObject json = new()
        {
            ["schema"] = Schema,
            ["keyId"] = KeyId,
            ["column"] = Column,
            ["createdAt"] = CreatedAt,
            ["key"] = Write(Key),
        };
        if (IndexKey is not null)
        {
            json["indexBits"] = IndexBits;
            json["indexKey"] = Write(IndexKey);
        }

        return json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="EncryptionException">It is no key file.</exception>
    public static KeyFile Load(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            JsonElement json = document.RootElement;
            if (json.GetProperty("schema").GetString() != Schema) throw new FormatException("the schema is not known");
            bool hasIndex = json.TryGetProperty("indexKey", out JsonElement index);
            return new KeyFile
            {
                KeyId = Text(json, "keyId"),
                Column = Text(json, "column"),
                CreatedAt = json.GetProperty("createdAt").GetDateTimeOffset(),
                Key = Read(json.GetProperty("key")),
                IndexKey = hasIndex ? Read(index) : null,
                IndexBits = hasIndex ? json.GetProperty("indexBits").GetInt32() : 0,
            };
        }
        catch (Exception cause) when (cause is JsonException or FormatException or InvalidOperationException or System.Collections.Generic.KeyNotFoundException or IOException or UnauthorizedAccessException)
        {
            throw new EncryptionException($"'{path}' is not a key file that can be read: {(cause is System.Collections.Generic.KeyNotFoundException ? "a member is missing" : cause.Message.TrimEnd('.'))}.", "Name a file that New-PgEncryptionKey wrote.", cause);
        }
    }

    private static JsonObject Write(WrappedKey key) => new()
    {
        ["wrappedBy"] = key.WrappingKey,
        ["algorithm"] = key.Algorithm,
        ["value"] = Convert.ToBase64String(key.Value),
    };

    private static WrappedKey Read(JsonElement json) => new(Text(json, "wrappedBy"), Text(json, "algorithm"), json.GetProperty("value").GetBytesFromBase64());

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"'{name}' is empty");
}
