namespace PgSecurity.Core.Templates;

/// <summary>
/// How many repetitions of loops over properties and variables a template may have in all, with loops inside loops
/// counted in: a bound on what a hostile template can make of a few lines.
/// </summary>
internal sealed class CopyBudget
{
    private int _left = 100_000;

    /// <summary>Takes one; false where none is left.</summary>
    public bool TryTake() => _left-- > 0;
}
