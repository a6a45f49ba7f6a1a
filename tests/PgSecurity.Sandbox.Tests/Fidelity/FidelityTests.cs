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
    public void Recorded_sessions_are_answered_alike()
    {
        string? folder = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "recordings");
        if (folder is null || !Directory.Exists(folder)) return;
        Figures figures = new();
        foreach (string file in Directory.EnumerateFiles(folder, "*.ndjson", SearchOption.AllDirectories).OrderBy(name => name, StringComparer.Ordinal))
        {
            SessionReplay replay = new(RecordedExchange.ReadSession(file));
            foreach (ReplayResult result in replay.Run()) figures.Add(Path.GetFileNameWithoutExtension(file), result);
            figures.NotReplayed += replay.NotReplayed;
        }

        foreach (string line in figures.Report()) _output.WriteLine(line);
        Assert.True(figures.Replayed > 2500, $"only {figures.Replayed} requests were replayed");
        Assert.Empty(figures.Wrong);
    }
}
