using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>docs/guides/coverage.md against the guide's recommendations and against the catalogue.</summary>
public class GuideCoverageTests
{
    /// <summary>The recommendations of the guide, in its order (read in August 2025), by what a row must say of them.</summary>
    private static readonly string[] Recommendations =
    [
        "Disable public network access", "Private endpoints", "virtual network integration", "Legacy firewall rules",
        "Entra instead of local authentication", "managed identities", "Conditional Access", "SCRAM",
        "Entra roles", "just-in-time", "local database users", "Verify TLS", "latest TLS certificates", "TLS 1.3",
        "service-managed keys", "customer-managed keys", "key rotation", "at the client", "Confidential compute", "masking",
        "diagnostic logs", "Defender", "pgaudit", "high availability", "Automated backups", "Read replicas", "Protect backup data",
    ];

    [Fact]
    public void Every_recommendation_has_a_row() => Assert.All(
        Recommendations,
        recommendation => Assert.Contains(Rows(), row => row[1].Contains(recommendation, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void Every_row_names_controls_or_a_reason() => Assert.All(
        Rows(), row => Assert.True(Ids(row).Count > 0 || row[3].Length > 20, row[1]));

    [Fact]
    public void Every_control_stands_in_a_row_and_every_row_names_controls_that_there_are()
    {
        List<string> named = Rows().SelectMany(Ids).Distinct().Order().ToList();
        List<string> known = Catalogue.All.Controls.Select(control => control.Id).Order().ToList();

        Assert.Equal(known, named);
    }

    private static List<string[]> Rows() => File.ReadAllLines(RepositoryFiles.In("docs", "guides", "coverage.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| Section", StringComparison.Ordinal))
        .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
        .ToList();

    private static List<string> Ids(string[] row) =>
        Regex.Matches(row[2], "[A-Z]{3}-[0-9]{3}").Select(match => match.Value).ToList();
}
