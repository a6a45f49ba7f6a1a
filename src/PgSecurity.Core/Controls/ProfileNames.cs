using System.Collections.Generic;

namespace PgSecurity.Core.Controls;

/// <summary>The profiles that a control's file may name; the others select by benchmark.</summary>
public static class ProfileNames
{
    /// <summary>The profile that is used where none is asked for.</summary>
    public const string Default = "baseline";

    /// <summary>Those written by hand.</summary>
    public static IReadOnlyCollection<string> ByHand { get; } =
        new HashSet<string> { Default, "strict", "saas-confidential", "disaster-recovery" };
}
