using System;
using System.Security.Cryptography;

namespace PgSecurity.Database.Tests.Tls.Lab;

/// <summary>What a server's certificate should be like; as it stands, it is a good one.</summary>
internal sealed record ServerWish
{
    public string[] Names { get; init; } = ["localhost", "127.0.0.1"];

    public DateTimeOffset From { get; init; } = DateTimeOffset.UtcNow.AddDays(-10);

    public DateTimeOffset Until { get; init; } = DateTimeOffset.UtcNow.AddDays(90);

    public int KeyBits { get; init; } = 2048;

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public string? Usage { get; init; } = "1.3.6.1.5.5.7.3.1";

    /// <summary>The file of the revocation list that it names; null for none.</summary>
    public string? List { get; init; } = "issuing.crl";

    public bool Ocsp { get; init; }

    public bool NamesIssuer { get; init; }

    /// <summary>Whether the authority key identifier bears the name of the issuer's issuer, as OpenSSL's <c>issuer:always</c> has it.</summary>
    public bool NamesIssuersIssuer { get; init; }

    public bool IsRevoked { get; init; }

    public bool LeavesIssuerOut { get; init; }

    public bool ByRoot { get; init; }

    public bool SendsRoot { get; init; }
}

/// <summary>What PostgreSQL reads: the chain and the key.</summary>
internal sealed record ServerFiles(string Chain, string Key);
