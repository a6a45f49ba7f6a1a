using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Samples;

/// <summary>The sample estate as it ships.</summary>
public class EstateTests
{
    private static readonly string FilePath = RepositoryFiles.In("module", "Samples", "contoso.ndjson");

    [Fact]
    public void The_file_is_what_the_stories_say()
    {
        string text = EstateGenerator.Text();
        if (RepositoryFiles.WriteGenerated)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            File.WriteAllText(FilePath, text);
        }

        Assert.True(
            File.Exists(FilePath) && File.ReadAllText(FilePath) == text,
            "module/Samples/contoso.ndjson is stale. Write it anew with PGSECURITY_WRITE_DOCS=1 set for this test.");
        Assert.InRange(text.Length, 100_000, 3_000_000);
    }

    [Fact]
    public void The_estate_has_every_kind_of_server()
    {
        IReadOnlyList<Posture> postures = EstateGenerator.Postures();

        Assert.InRange(postures.Count, 38, 45);
        Assert.Equal(postures.Count, postures.Select(posture => posture.Id).Distinct().Count());
        Assert.Equal(4, postures.Select(posture => posture.Id.SubscriptionId).Distinct().Count());
        Assert.Subset(
            Estate.Servers.Select(server => server.Version).ToHashSet(), new[] { "13", "14", "15", "16", "17", "18" }.ToHashSet());
        Assert.Contains(postures, posture => posture.Id.IsSingleServer);
        Assert.Contains(postures, posture => posture.FacetOf(FacetTypes.Configurations).Gap?.Reason.Contains("ServerStopped", StringComparison.Ordinal) == true);
    }
}
