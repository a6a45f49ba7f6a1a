using System;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Credentials;

/// <summary>
/// What a token says of itself, to show who is connected. It is not verified: Azure does that, and nothing is decided by it.
/// </summary>
/// <param name="Account">The user's or application's name or id.</param>
/// <param name="TenantId">The tenant.</param>
/// <param name="ObjectId">The identity's object id.</param>
/// <param name="ExpiresOn">When it ends.</param>
public sealed record TokenClaims(string? Account, string? TenantId, string? ObjectId, DateTimeOffset? ExpiresOn)
{
    /// <summary>Reads a token; null where it is no JSON web token.</summary>
    public static TokenClaims? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3) return null;
        try
        {
            string encoded = parts[1].Replace('-', '+').Replace('_', '/');
            using JsonDocument document = JsonDocument.Parse(Convert.FromBase64String(encoded.PadRight((encoded.Length + 3) / 4 * 4, '=')));
            JsonElement claims = document.RootElement;
            string? account = Text(claims, "upn") ?? Text(claims, "unique_name") ?? Text(claims, "appid") ?? Text(claims, "oid");
            DateTimeOffset? expires = claims.TryGetProperty("exp", out JsonElement exp) && exp.TryGetInt64(out long seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
            return new TokenClaims(account, Text(claims, "tid"), Text(claims, "oid"), expires);
        }
        catch (Exception error) when (error is FormatException or JsonException or InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement claims, string name) => ResourceField.In(claims, name).Text;
}
