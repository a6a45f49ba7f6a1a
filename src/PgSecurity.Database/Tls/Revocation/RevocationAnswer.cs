using PgSecurity.Core;

namespace PgSecurity.Database.Tls.Revocation;

/// <summary>Whether a certificate was revoked: false, true, or unknown with the reason.</summary>
/// <param name="IsRevoked">The truth.</param>
/// <param name="Detail">What was seen, or why nothing was.</param>
internal sealed record RevocationAnswer(Truth IsRevoked, string Detail);
