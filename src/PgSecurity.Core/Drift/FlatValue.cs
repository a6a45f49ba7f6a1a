namespace PgSecurity.Core.Drift;

/// <summary>A value of a flattened resource.</summary>
/// <param name="Compared">What is compared; may be a secret and is never shown.</param>
/// <param name="Shown">What is shown.</param>
/// <param name="UnknownReason">Why it is not known; null where it is.</param>
internal sealed record FlatValue(string Compared, string Shown, string? UnknownReason);
