using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What <c>log_line_prefix</c> tells of the session that wrote a line. One resource, <c>log_line_prefix</c>, with
/// <c>identifies</c>: <c>time</c> (%t, %m, %n), <c>user</c> (%u), <c>database</c> (%d), <c>host</c> (%h, %r),
/// <c>process</c> (%p, or %c that contains it), <c>session</c> (%c), <c>application</c> (%a), <c>backend</c> (%b),
/// <c>state</c> (%e). Read as PostgreSQL reads it: the case of an escape counts, a width may stand before it, and %% is
/// a percent sign.
/// </summary>
public sealed class LogLinePrefix : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/logLinePrefixes";

    private const string Parameter = "log_line_prefix";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Configurations };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        ResourceField prefix = ServerParameter.Read(posture, Parameter);
        Fact fact = new Fact().Set("value", prefix);
        if (prefix.IsUnknown) fact.SetUnknown("identifies", prefix.UnknownReason!);
        else fact.Set("identifies", Identifies(prefix.Text ?? ""));
        return new Facet(Type, new[] { fact.ToResource(posture, Type, Parameter) });
    }

    private static SortedSet<string> Identifies(string prefix)
    {
        SortedSet<string> identified = new(StringComparer.Ordinal);
        for (int i = 0; i < prefix.Length; i++)
        {
            if (prefix[i] != '%') continue;
            i++;
            while (i < prefix.Length && (prefix[i] == '-' || (prefix[i] >= '0' && prefix[i] <= '9'))) i++;
            if (i < prefix.Length) identified.UnionWith(MeaningsOf(prefix[i]));
        }

        return identified;
    }

    private static string[] MeaningsOf(char escape) => escape switch
    {
        't' or 'm' or 'n' => new[] { "time" },
        'u' => new[] { "user" },
        'd' => new[] { "database" },
        'h' or 'r' => new[] { "host" },
        'p' => new[] { "process" },
        'c' => new[] { "process", "session" },
        'a' => new[] { "application" },
        'b' => new[] { "backend" },
        'e' => new[] { "state" },
        _ => Array.Empty<string>(),
    };
}
