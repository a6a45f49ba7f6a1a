using System.Collections.Generic;
using System.IO;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>The servers of <c>module/Samples/contoso.ndjson</c>.</summary>
internal static class SampleEstate
{
    public static IEnumerable<(string Name, Posture Posture)> Postures()
    {
        yield break;
    }
}
