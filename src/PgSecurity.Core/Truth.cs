namespace PgSecurity.Core;

/// <summary>
/// Kleene's three truth values. The order makes <c>and</c> the minimum and <c>or</c> the maximum, so an unknown part
/// decides a whole only where the known parts leave it open: the reason a control never passes on what was not seen.
/// </summary>
public enum Truth : sbyte
{
    /// <summary>It does not hold, whatever the unknown parts are.</summary>
    False = 0,

    /// <summary>It cannot be told.</summary>
    Unknown = 1,

    /// <summary>It holds, whatever the unknown parts are.</summary>
    True = 2,
}

/// <summary>The operators of <see cref="Truth"/>.</summary>
public static class TruthOperators
{
    /// <summary>Both hold.</summary>
    public static Truth And(this Truth left, Truth right) => left < right ? left : right;

    /// <summary>At least one holds.</summary>
    public static Truth Or(this Truth left, Truth right) => left > right ? left : right;

    /// <summary>It does not hold.</summary>
    public static Truth Not(this Truth value) => (Truth)(2 - (sbyte)value);

    /// <summary>A two-valued truth as a three-valued one.</summary>
    public static Truth ToTruth(this bool value) => value ? Truth.True : Truth.False;
}
