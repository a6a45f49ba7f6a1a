using System.Collections.Generic;
using System.IO;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>The servers of <c>module/Samples/contoso.ndjson</c>.</summary>
internal static class SampleEstate
{
    public static IEnumerable<(string Name, Posture Posture)> Postures()
    {
        foreach (PostureReadResult line in PostureReader.Read(RepositoryFiles.In("module", "Samples", "contoso.ndjson")))
        {
            Posture posture = line.Posture ?? throw new InvalidDataException($"The sample estate does not read: {line.Error}");
            yield return ($"estate: {posture.Id.Name}", posture);
        }
    }
}
