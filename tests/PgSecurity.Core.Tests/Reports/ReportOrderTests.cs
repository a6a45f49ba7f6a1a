using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

/// <summary>A live audit gives servers as they are read, in another order each time: a page that is written when all are there is the same.</summary>
public sealed class ReportOrderTests
{
    [Theory]
    [InlineData(ReportFormat.Html)]
    [InlineData(ReportFormat.Markdown)]
    public void The_order_in_which_servers_come_changes_no_page(ReportFormat format)
    {
        Finding[] findings =
        [
            .. from server in Enumerable.Range(1, 40)
               from control in (string[])["NET-001", "DAT-002", "LOG-011", "IDN-002"]
               let outcome = (Outcome)((server + control.Length + control[0]) % 5)
               select ReportFindings.Finding($"server-{server:00}", control, outcome, reason: $"why {server % 3}"),
        ];
        string page = ReportFindings.Write(format, findings);
        for (int seed = 1; seed <= 5; seed++)
        {
            Finding[] shuffled = [.. findings];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(page, ReportFindings.Write(format, shuffled));
        }
    }
}
