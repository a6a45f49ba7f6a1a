using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>
/// A condition that may be unknown, as two Kusto expressions: one for when it surely holds, one for when it surely does
/// not. Where neither holds it is unknown.
/// </summary>
internal sealed class KqlTruth
{
    private KqlTruth(string holds, string fails, bool canBeUnknown)
    {
        Holds = holds;
        Fails = fails;
        CanBeUnknown = canBeUnknown;
    }

    /// <summary>What always holds.</summary>
    public static KqlTruth True { get; } = new("true", "false", false);

    /// <summary>What never holds.</summary>
    public static KqlTruth False { get; } = new("false", "true", false);

    /// <summary>When it surely holds.</summary>
    public string Holds { get; }

    /// <summary>When it surely does not.</summary>
    public string Fails { get; }

    /// <summary>Whether it can be unknown.</summary>
    public bool CanBeUnknown { get; }

    /// <summary>A condition that is always known.</summary>
    public static KqlTruth Known(string holds) => new(holds, $"not({holds})", false);

    /// <summary>A condition that is unknown where another expression holds.</summary>
    public static KqlTruth Unless(string unknown, string holds) =>
        new($"(not({unknown}) and {holds})", $"(not({unknown}) and not({holds}))", true);

    /// <summary>All of some conditions.</summary>
    public static KqlTruth All(IEnumerable<KqlTruth> conditions) => Join(conditions, isAll: true);

    /// <summary>Any of some conditions.</summary>
    public static KqlTruth Any(IEnumerable<KqlTruth> conditions) => Join(conditions, isAll: false);

    /// <summary>The opposite.</summary>
    public KqlTruth Not() => new(Fails, Holds, CanBeUnknown);

    private static KqlTruth Join(IEnumerable<KqlTruth> conditions, bool isAll)
    {
        KqlTruth neutral = isAll ? True : False;
        KqlTruth absorbing = isAll ? False : True;
        List<KqlTruth> parts = conditions.Where(one => one.Holds != neutral.Holds).ToList();
        if (parts.Any(one => one.Holds == absorbing.Holds)) return absorbing;
        if (parts.Count == 0) return neutral;
        if (parts.Count == 1) return parts[0];
        string holds = $"({string.Join(isAll ? " and " : " or ", parts.Select(one => one.Holds))})";
        return parts.Any(one => one.CanBeUnknown)
            ? new KqlTruth(holds, $"({string.Join(isAll ? " or " : " and ", parts.Select(one => one.Fails))})", true)
            : Known(holds);
    }
}
