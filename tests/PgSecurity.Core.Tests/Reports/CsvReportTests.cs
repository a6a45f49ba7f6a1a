using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class CsvReportTests
{
    [Fact]
    public void A_finding_is_a_line_with_every_column()
    {
        List<string[]> rows = Parse(ReportFindings.Write(ReportFormat.Csv, ReportFindings.Every()));
        Assert.Equal(7, rows.Count);
        Assert.All(rows, row => Assert.Equal(rows[0].Length, row.Length));
        Assert.Equal("one", rows[1][Array.IndexOf(rows[0], "ServerName")]);
        Assert.Equal(["Fail", "Unknown", "Pass", "Pass", "NotApplicable", "Exempt"], rows.Skip(1).Select(row => row[Array.IndexOf(rows[0], "Outcome")]));
    }

    [Fact]
    public void Hostile_names_come_back_as_they_were_or_with_an_apostrophe_before_a_formula()
    {
        List<string[]> rows = Parse(ReportFindings.Write(ReportFormat.Csv, ReportFindings.HostileNames.Select(name => ReportFindings.Finding(name, "NET-001", Outcome.Fail))));
        Assert.Equal(
            ReportFindings.HostileNames.Select(name => name.Replace('\uD800', '\uFFFD').Replace("\u0001", "(U+0001)", StringComparison.Ordinal)),
            rows.Skip(1).Select(row => row[2].StartsWith('\'') ? row[2][1..] : row[2]));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("  =1")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    [InlineData("\uFF1D1")]
    [InlineData("\uFEFF=1")]
    [InlineData("\"=1")]
    public void What_a_spreadsheet_takes_for_a_formula_is_text(string observed)
    {
        List<string[]> rows = Parse(ReportFindings.Write(ReportFormat.Csv, [ReportFindings.Finding("one", "NET-001", Outcome.Fail, observed: observed)]));
        Assert.Equal("'" + observed, rows[1][Array.IndexOf(rows[0], "Observed")]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_byte_order_mark_is_asked_for(bool isWanted)
    {
        byte[] bytes = ReportFindings.WriteBytes(ReportFormat.Csv, [], new() { HasByteOrderMark = isWanted });
        Assert.Equal(isWanted, bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble));
    }

    [Fact]
    public void Lines_end_with_CR_LF()
    {
        string text = ReportFindings.Write(ReportFormat.Csv, ReportFindings.Every());
        Assert.Equal(text.Split("\r\n").Length, text.Split('\n').Length);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
    }

    /// <summary>RFC 4180, read strictly.</summary>
    private static List<string[]> Parse(string text)
    {
        List<string[]> rows = [];
        List<string> row = [];
        int at = 0;
        while (at < text.Length)
        {
            StringBuilder cell = new();
            if (text[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (text[at] != '"') cell.Append(text[at]);
                    else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[at++]);
                    else break;
                }

                at++;
            }
            else
            {
                for (; at < text.Length && text[at] is not (',' or '\r'); at++)
                {
                    Assert.NotEqual('"', text[at]);
                    Assert.NotEqual('\n', text[at]);
                    cell.Append(text[at]);
                }
            }

            row.Add(cell.ToString());
            if (text[at] == ',')
            {
                at++;
                continue;
            }

            Assert.Equal("\r\n", text.Substring(at, 2));
            at += 2;
            rows.Add([.. row]);
            row.Clear();
        }

        return rows;
    }
}
