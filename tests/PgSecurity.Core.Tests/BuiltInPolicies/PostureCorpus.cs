using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>The postures that definitions are tried on: the base, every case of every control, and the sample estate.</summary>
internal static class PostureCorpus
{
    private static readonly Lazy<IReadOnlyList<(string Name, Posture Posture)>> Read = new(() => [.. Traps.Postures(), .. Cases(), .. SampleEstate.Postures()]);

    public static IReadOnlyList<(string Name, Posture Posture)> All => Read.Value;

    private static IEnumerable<(string Name, Posture Posture)> Cases() =>
        from file in ControlCase.Files()
        from one in ControlCase.Read(file)
        select ($"{one.Control}: {one.Name}", CasePosture.Build(one.Content, $"{one.Control}: {one.Name}"));
}
