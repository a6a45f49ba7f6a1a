using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class MarkdownReportTests
{
    [Fact]
    public void It_tells_the_score_what_failed_what_is_unknown_and_what_is_set_aside()
    {
        string text = ReportFindings.Write(ReportFormat.Markdown, ReportFindings.Every());
        Assert.Contains("**Score 61.5 of 100**", text, StringComparison.Ordinal);
        Assert.Contains("## Failed: Critical", text, StringComparison.Ordinal);
        Assert.Contains("- **one** (rg-one): publicNetworkAccess: Enabled", text, StringComparison.Ordinal);
        Assert.Contains("| LOG-001 Title of LOG-001 | one | 403: missing Microsoft.Insights/diagnosticSettings/read |", text, StringComparison.Ordinal);
        Assert.Contains("## Exempt", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_what_passed_there_is_no_score()
    {
        string text = ReportFindings.Write(ReportFormat.Markdown, ReportFindings.Every().Where(finding => finding.Outcome == Outcome.Fail));
        Assert.Contains("No score", text, StringComparison.Ordinal);
        Assert.DoesNotContain("**Score", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_are_no_markup()
    {
        string text = ReportFindings.Write(
            ReportFormat.Markdown, ReportFindings.HostileNames.Select((name, index) => ReportFindings.Finding(name, "NET-001", index % 2 == 0 ? Outcome.Fail : Outcome.Unknown, reason: name)));
        string plain = text.Replace("<!-- -->", "\u0000", StringComparison.Ordinal);
        Assert.DoesNotContain('<', plain);
        Assert.DoesNotContain('\u202E', plain);
        Assert.DoesNotMatch(@"(?<!\\)\]\(", plain);
        Assert.DoesNotContain("http://", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("www.", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("#1", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_has_the_same_columns_in_every_row()
    {
        string text = ReportFindings.Write(ReportFormat.Markdown, ReportFindings.HostileNames.Select(name => ReportFindings.Finding(name, "NET-001", Outcome.Unknown, reason: name)));
        string[] rows = text[text.IndexOf("| Control |", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith('|')).ToArray();
        Assert.All(rows, row => Assert.Equal(4, row.Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|')));
    }
}
