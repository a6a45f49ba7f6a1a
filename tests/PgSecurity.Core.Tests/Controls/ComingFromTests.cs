using System;
using System.IO;
using System.Linq;
using PgSecurity.Core.Documentation;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>The tables of docs/guides/coming-from.md are what the controls say that they replace.</summary>
public class ComingFromTests
{
    private const string Begin = "<!-- tables -->\n";
    private const string End = "<!-- end of tables -->";

    [Fact]
    public void The_guide_has_the_checks_of_today()
    {
        string path = RepositoryFiles.In("docs", "guides", "coming-from.md");
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string fresh = text[..begin] + "\n" + PeerTables.Render(Catalogue.All) + "\n" + text[end..];
        if (RepositoryFiles.WriteGenerated) File.WriteAllText(path, fresh);
        Assert.True(RepositoryFiles.WriteGenerated || text == fresh, $"{path} is stale. Run this test with PGSECURITY_WRITE_DOCS=1 to write it anew.");
    }

    [Fact]
    public void Every_check_that_a_control_replaces_has_a_row_and_a_page()
    {
        string text = PeerTables.Render(Catalogue.All);
        Assert.All(Catalogue.All.Controls.SelectMany(control => control.Replaces.Select(check => (control.Id, check))), row =>
        {
            Assert.Contains($"\n## {row.check.Peer}\n", "\n" + text, StringComparison.Ordinal);
            Assert.Contains($"| `{row.check.Check}` |", text, StringComparison.Ordinal);
            Assert.True(File.Exists(RepositoryFiles.In("docs", "controls", row.Id + ".md")), row.Id);
        });
    }
}
