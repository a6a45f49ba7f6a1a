namespace PgSecurity.Database.Masking;

/// <summary>A function that a rule calls.</summary>
internal readonly record struct MaskingFunction(string Schema, string Name, int Arguments)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Name}";
}
