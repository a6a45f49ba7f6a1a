namespace PgSecurity.Database.Masking;

/// <summary>What a column looks like, how sure that is, and why.</summary>
internal sealed record SensitiveMatch(SensitiveCategory Category, MatchConfidence Confidence, string Reason);
