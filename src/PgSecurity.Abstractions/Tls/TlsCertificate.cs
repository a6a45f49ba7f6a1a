using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>A certificate that a server sent, or that its path ends at.</summary>
public sealed class TlsCertificate
{
    /// <summary>Whom it is for, as a distinguished name.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Who issued it.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>The serial number in hexadecimal digits.</summary>
    public string SerialNumber { get; init; } = "";

    /// <summary>From when it may be used (UTC).</summary>
    public DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when it may be used (UTC).</summary>
    public DateTimeOffset NotAfter { get; init; }

    /// <summary>The names and addresses that it is for.</summary>
    public IReadOnlyList<string> Names { get; init; } = Array.Empty<string>();

    /// <summary>Kind and size of its key, such as <c>RSA 2048</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>How it was signed, such as <c>sha256RSA</c>.</summary>
    public string SignatureAlgorithm { get; init; } = "";

    /// <summary>The SHA-256 of the certificate in hexadecimal digits.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>Whether the server sent it; a root comes from the trusted ones.</summary>
    public bool IsSent { get; init; }

    /// <summary>The subject.</summary>
    public override string ToString() => Subject;
}
