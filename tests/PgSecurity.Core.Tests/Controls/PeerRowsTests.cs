using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>The checks of other tools: each is answered by a control, or by a reason in docs/guides/peers.md.</summary>
public class PeerRowsTests
{
    [Fact]
    public void Every_check_of_a_peer_is_answered()
    {
        HashSet<(string, string)> answered = Catalogue.All.Controls
            .SelectMany(control => control.Replaces)
            .Select(check => (check.Peer, check.Check))
            .Concat(Declined())
            .ToHashSet();

        List<(string Peer, string Check)> open = Known().Where(row => !answered.Contains(row)).ToList();
        Assert.True(open.Count == 0, "Neither replaced nor declined: " + string.Join("; ", open));
    }

    [Fact]
    public void Every_check_that_a_control_names_is_spelled_as_the_peer_does()
    {
        HashSet<(string, string)> known = Known().ToHashSet();
        if (known.Count == 0) return;

        Assert.All(
            Catalogue.All.Controls.SelectMany(control => control.Replaces.Select(check => (control.Id, check))),
            row => Assert.True(known.Contains((row.check.Peer, row.check.Check)), $"{row.Id}: {row.check.Peer}, {row.check.Check}"));
    }

    [Fact]
    public void No_check_is_both_replaced_and_declined() => Assert.Empty(
        Catalogue.All.Controls.SelectMany(control => control.Replaces).Select(check => (check.Peer, check.Check)).Intersect(Declined()));

    [Fact]
    public void Every_declined_check_has_a_reason() => Assert.All(
        Rows(), row => Assert.True(row.Length == 3 && row[2].Length > 20, row[0]));

    private static IEnumerable<(string Peer, string Check)> Known()
    {
        if (RepositoryFiles.SharedData is not string data) return [];
        return File.ReadAllLines(Path.Combine(data, "benchmarks", "peer-checks.tsv"))
            .Skip(1)
            .Where(line => line.Length > 0)
            .Select(line => line.Split('\t'))
            .Select(cells => (cells[0], cells[1]));
    }

    private static IEnumerable<(string Peer, string Check)> Declined() => Rows().Select(row => (row[0], row[1].Trim('`')));

    private static IEnumerable<string[]> Rows()
    {
        string path = RepositoryFiles.In("docs", "guides", "peers.md");
        if (!File.Exists(path)) return [];
        return File.ReadAllLines(path)
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| peer", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Trim().Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());
    }
}
