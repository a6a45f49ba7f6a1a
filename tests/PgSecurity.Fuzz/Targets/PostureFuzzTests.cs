using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Fuzz.Mutations;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Fuzz.Targets;

/// <summary>Whatever stands in a file, reading ends, with postures that can be judged and errors that say what to do.</summary>
public sealed class PostureFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Resources_templates_and_snapshots_with_other_values() => FuzzRun.Each(output, 3_000, random =>
        ReadAndJudge(JsonMutation.Of(Corpus.Any(Corpus.Postures, random), random)));

    [Fact]
    public void Resources_templates_and_snapshots_with_other_bytes() => FuzzRun.Each(output, 2_000, random =>
        ReadAndJudge(ByteMutation.Of(Corpus.Any(Corpus.Postures, random), random)));

    [Fact]
    public void Compressed_snapshots_with_other_bytes() => FuzzRun.Each(output, 500, random =>
        ReadAndJudge(ByteMutation.Of(Compressed(Corpus.Any(Corpus.Snapshots, random)), random)));

    private static void ReadAndJudge(byte[] input)
    {
        foreach (PostureReadResult result in PostureReader.Read(new MemoryStream(input), "fuzz.json", new PostureReaderOptions { MaximumThreads = 1 }))
        {
            if (result.Error is { } error)
            {
                Assert.NotEmpty(error.Reason);
                Assert.NotEmpty(error.Advice);
            }

            if (result.Posture is not { } posture) continue;
            List<Finding> findings = Catalogue.Evaluator.Evaluate(posture).ToList();
            Assert.Equal(Catalogue.Evaluator.Controls.Count, findings.Count);
            Assert.All(findings, finding => Assert.True(finding.Outcome is Outcome.Pass || !string.IsNullOrEmpty(finding.Reason), finding.ControlId));
        }
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
