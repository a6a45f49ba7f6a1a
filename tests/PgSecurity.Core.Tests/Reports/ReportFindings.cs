using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using PgSecurity.Core.Reports;

namespace PgSecurity.Core.Tests.Reports;

/// <summary>Findings written by hand: each outcome, and what an attacker would name a server.</summary>
public static class ReportFindings
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";

    public static DateTimeOffset Now { get; } = new(2026, 11, 24, 6, 30, 15, TimeSpan.Zero);

    /// <summary>Names that would do harm where text becomes markup, a formula, a command or another direction.</summary>
    public static IReadOnlyList<string> HostileNames { get; } =
    [
        "<script>alert(1)</script>",
        "</script><img src=x onerror=alert(1)>",
        "=cmd|' -C calc'!A0",
        "x'; Remove-Item -Recurse C:\\ #",
        "x’; Remove-Item ~ #",
        "evil\u202Egpj.exe",
        "a|b`c*d_e[f](http://evil.example)",
        "@everyone #1 www.evil.example",
        "\"quoted\" & <b>bold</b>",
        "tab\tline\r\nbreak\u0001\uD800",
        "very-long-" + new string('x', 3000),
        "]]>&amp;<!--",
    ];

    public static string IdOf(string server) =>
        $"/subscriptions/{Subscription}/resourceGroups/rg-one/providers/Microsoft.DBforPostgreSQL/flexibleServers/{server}";

    public static Finding Finding(
        string server, string control, Outcome outcome, Severity severity = Severity.High, string section = "Network", string source = "",
        string reason = "", string observed = "", IReadOnlyList<Evidence>? evidence = null, string? exemption = null) => new()
    {
        ResourceId = IdOf(server),
        ServerName = server,
        ResourceGroupName = "rg-one",
        SubscriptionId = Subscription,
        ControlId = control,
        Section = section,
        Title = $"Title of {control}",
        Severity = severity,
        Outcome = outcome,
        Reason = reason,
        Observed = observed,
        Expected = outcome == Outcome.Fail ? "what passes" : "",
        Recommendation = outcome == Outcome.Fail ? "Do it." : "",
        IsRemediable = outcome == Outcome.Fail,
        Evidence = evidence ?? [],
        Benchmarks = [new BenchmarkReference("NIST SP 800-53", "r5", "SC-7(5)", false), new BenchmarkReference("CIS Azure Database Services", "2.0.0", "6.3", true)],
        Exemption = exemption,
        Source = source,
        EvaluatedAt = Now.AddMinutes(-1),
    };

    /// <summary>Two servers, every outcome.</summary>
    public static IReadOnlyList<Finding> Every() =>
    [
        Finding("one", "NET-001", Outcome.Fail, Severity.Critical, source: "/repo/infra/main.json:12", reason: "It is open.", observed: "publicNetworkAccess: Enabled",
            evidence: [new Evidence(IdOf("one"), "properties.network.publicNetworkAccess", "Enabled", "Disabled")]),
        Finding("one", "LOG-001", Outcome.Unknown, Severity.Medium, "Logging", "/repo/infra/main.json:12", "403: missing Microsoft.Insights/diagnosticSettings/read"),
        Finding("one", "IDN-001", Outcome.Pass, Severity.High, "Identity", "/repo/infra/main.json:12"),
        Finding("two", "NET-001", Outcome.Pass, Severity.Critical),
        Finding("two", "LOG-001", Outcome.NotApplicable, Severity.Medium, "Logging", reason: "A replica."),
        Finding("two", "IDN-001", Outcome.Exempt, Severity.High, "Identity", reason: "Set aside until 2027-01-01 by ops: migrating.", exemption: "migration"),
    ];

    /// <summary>A report as text.</summary>
    public static string Write(ReportFormat format, IEnumerable<Finding> findings, ReportOptions? options = null) =>
        new UTF8Encoding(false, true).GetString(WriteBytes(format, findings, options));

    public static byte[] WriteBytes(ReportFormat format, IEnumerable<Finding> findings, ReportOptions? options = null)
    {
        using MemoryStream output = new();
        using (ReportWriter report = ReportWriter.Create(format, output, options ?? Options()))
        {
            foreach (Finding finding in findings) report.Write(finding);
            report.Complete();
        }

        return output.ToArray();
    }

    public static ReportOptions Options() => new() { Title = "A report", GeneratedAt = Now, ToolVersion = "1.2.3", SourceRoot = "/repo" };
}
