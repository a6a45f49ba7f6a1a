namespace PgSecurity.Core.Postures.Derived;

/// <summary>Whether an alert does what is asked of it.</summary>
/// <param name="Holds">Whether it does.</param>
/// <param name="Reason">Why not, or why it cannot be told; empty where it does.</param>
/// <param name="IsNearMiss">Whether it was meant to: it only lacks what <paramref name="Reason"/> says.</param>
internal sealed record AlertVerdict(Truth Holds, string Reason, bool IsNearMiss = false)
{
    /// <summary>It does.</summary>
    public static readonly AlertVerdict Yes = new(Truth.True, "");

    /// <summary>It has nothing to do with it.</summary>
    public static readonly AlertVerdict Unrelated = new(Truth.False, "is about something else");

    /// <summary>It would, but for one thing.</summary>
    public static AlertVerdict Lacks(string reason) => new(Truth.False, reason, IsNearMiss: true);

    /// <summary>It cannot be told.</summary>
    public static AlertVerdict NotKnown(string reason) => new(Truth.Unknown, reason);
}
