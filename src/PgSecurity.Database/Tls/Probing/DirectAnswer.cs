namespace PgSecurity.Database.Tls.Probing;

/// <summary>What a server says to TLS without the request before it.</summary>
/// <param name="Outcome">Pass where it goes on, Fail where it does not, NotTested, or Unknown.</param>
/// <param name="Protocol">The application protocol negotiated; null for none.</param>
/// <param name="Detail">The answer in words.</param>
internal sealed record DirectAnswer(TlsOutcome Outcome, string? Protocol, string Detail);
