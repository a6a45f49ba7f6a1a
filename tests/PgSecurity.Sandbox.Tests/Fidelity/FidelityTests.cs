using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Sandbox.Tests.Fidelity;

public sealed class FidelityTests
{
    private readonly ITestOutputHelper _output;

    public FidelityTests(ITestOutputHelper output) => _output = output;

    [Fact]
    public void Answers_have_the_published_form()
    {
        PublishedApi? api = PublishedApi.Load();
        if (api is null || Recordings.Folder is not string folder) return;
        SortedDictionary<string, int> wrong = new(StringComparer.Ordinal);
        int valid = 0;
        foreach (string file in Directory.EnumerateFiles(folder, "*.ndjson", SearchOption.AllDirectories))
        {
            foreach (ReplayResult result in new SessionReplay(RecordedExchange.ReadSession(file), newest: true).Run())
            {
                // What a session found was answered by the service, in the form of an older API.
                if (result.IsSeeded || api.Check(result.Request.Method, result.Recorded.Path.Text, result.Response) is not IReadOnlyList<string> found) continue;
                string[] open = found.Where(text => !ApiDisagreements.Has(text)).Distinct().ToArray();
                if (open.Length == 0) valid++;
                foreach (string text in open) wrong[text] = wrong.TryGetValue(text, out int count) ? count + 1 : 1;
            }
        }

        _output.WriteLine($"answers valid by the published API {valid}, other findings {wrong.Count}");
        foreach ((string text, int count) in wrong) _output.WriteLine($"  {count}: {text}");
        Assert.True(valid > 700 || Recordings.AreChosen, $"only {valid} answers were checked");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Recorded_sessions_are_answered_alike()
    {
        if (Recordings.Folder is not string folder) return;
        Figures figures = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*.ndjson", SearchOption.AllDirectories).OrderBy(name => name, StringComparer.Ordinal))
        {
            SessionReplay replay = new(RecordedExchange.ReadSession(file));
            foreach (ReplayResult result in replay.Run()) figures.Add(Path.GetFileNameWithoutExtension(file), result);
            figures.NotReplayed += replay.NotReplayed;
        }

        foreach (string line in figures.Report()) _output.WriteLine(line);
        Assert.True(figures.Replayed > 2500 || Recordings.AreChosen, $"only {figures.Replayed} requests were replayed");
        Assert.Empty(figures.Wrong);
    }
}
