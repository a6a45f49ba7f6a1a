namespace PgSecurity.Database.Masking;

/// <summary>A view of ours that is there already: its query, and whether it is what would be made now.</summary>
internal sealed record ExistingView(string Query, bool IsSame)
{
    public static ExistingView None { get; } = new("", false);

    public bool IsThere => Query.Length > 0;
}
