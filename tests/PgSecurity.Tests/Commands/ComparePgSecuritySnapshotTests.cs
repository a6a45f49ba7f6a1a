using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class ComparePgSecuritySnapshotTests : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder;

    public ComparePgSecuritySnapshotTests(ModuleSession session)
    {
        _session = session;
        _folder = TemporaryFolder.CurrentOf(session);
        string estate = File.ReadAllText(Repository.At("module", "Samples", "contoso.ndjson"));
        _folder.Write("before.ndjson", estate);
        _folder.Write("after.ndjson", estate.Replace("\"publicNetworkAccess\":\"Disabled\"", "\"publicNetworkAccess\":\"Enabled\"", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Properties_and_findings_that_moved_are_written()
    {
        IReadOnlyList<SecurityDrift> drifts = _session.RunClean<SecurityDrift>("Compare-PgSecuritySnapshot before.ndjson after.ndjson -WarningAction SilentlyContinue");
        Assert.Contains(drifts, drift => drift is { Kind: DriftKind.PropertyChanged, Path: "properties.network.publicNetworkAccess", Before: "Disabled", After: "Enabled" });
        Assert.Contains(drifts, drift => drift is { Kind: DriftKind.FindingAppeared, ControlId: "NET-001" });
        Assert.All(drifts, drift => Assert.NotNull(drift.AfterAt));
    }

    [Theory]
    [InlineData("Finding", DriftKind.FindingAppeared, DriftKind.PropertyChanged)]
    [InlineData("Property", DriftKind.PropertyChanged, DriftKind.FindingAppeared)]
    public void Include_narrows(string include, DriftKind there, DriftKind notThere)
    {
        HashSet<DriftKind> kinds = _session.RunClean<SecurityDrift>($"Compare-PgSecuritySnapshot before.ndjson after.ndjson -Include {include} -WarningAction SilentlyContinue")
            .Select(drift => drift.Kind).ToHashSet();
        Assert.Contains(there, kinds);
        Assert.DoesNotContain(notThere, kinds);
    }

    [Fact]
    public void Only_the_controls_asked_for_are_evaluated() =>
        Assert.Equal(["NET-001"], _session.RunClean<SecurityDrift>("Compare-PgSecuritySnapshot before.ndjson after.ndjson -Include Finding -Control NET-001").Select(drift => drift.ControlId).Distinct());

    [Fact]
    public void A_broken_line_is_an_error_and_its_server_is_not_gone()
    {
        string[] lines = File.ReadAllLines(Path.Combine(_folder.FullPath, "before.ndjson"));
        lines[1] = lines[1][..^20];
        _folder.Write("broken.ndjson", string.Join("\n", lines) + "\n");
        IReadOnlyList<SecurityDrift> drifts = _session.Run("Compare-PgSecuritySnapshot before.ndjson broken.ndjson -Include Property").Select(item => (SecurityDrift)item.BaseObject).ToList();
        Assert.StartsWith("InputUnreadable,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.DoesNotContain(drifts, drift => drift.Kind == DriftKind.ServerRemoved);
        Assert.Contains(drifts, drift => drift.Kind == DriftKind.NotComparable && drift.Reason.Contains("could not be read", StringComparison.Ordinal));
        Assert.Contains("cannot be compared", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_that_is_not_there_is_an_error_and_nothing_has_gone()
    {
        Assert.Empty(_session.Run("Compare-PgSecuritySnapshot before.ndjson missing.ndjson"));
        Assert.StartsWith("PathNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }
}
