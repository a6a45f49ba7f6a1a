namespace PgSecurity.Database.Encryption;

/// <summary>A data key that only the holder of the wrapping key can use.</summary>
/// <param name="WrappingKey">The wrapping key's full id with its version: the URI of a Key Vault key, or <c>file:…</c> with the id of a local key.</param>
/// <param name="Algorithm">How it was wrapped: <c>RSA-OAEP-256</c> or <c>A256GCM</c>.</param>
/// <param name="Value">The wrapped key.</param>
public sealed record WrappedKey(string WrappingKey, string Algorithm, byte[] Value);
