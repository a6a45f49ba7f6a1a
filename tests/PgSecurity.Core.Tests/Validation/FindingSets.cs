using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Tests.BuiltInPolicies;
using PgSecurity.Core.Tests.Controls;
using PgSecurity.Core.Tests.Reports;
using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>The findings that every format is validated with: the usual, and what would break a careless writer.</summary>
internal static class FindingSets
{
    private static readonly Dictionary<string, Func<IEnumerable<Finding>>> Sets = new()
    {
        ["every outcome"] = ReportFindings.Every,
        ["none"] = () => [],
        ["hostile names"] = Hostile,
        ["ten thousand"] = TenThousand,
        ["the sample estate"] = Estate,
    };

    public static TheoryData<string> Names => new(Sets.Keys);

    public static IEnumerable<Finding> Of(string name) => Sets[name]();

    /// <summary>Every text that a finding has, hostile.</summary>
    private static IEnumerable<Finding> Hostile() =>
        from name in ReportFindings.HostileNames.Append("😀 \U0001F469\u200D\U0001F4BB \u0000\u0007\u001B[31m \u2028 \uFFFE").Append(" ").Append("")
        from outcome in Enum.GetValues<Outcome>()
        select ReportFindings.Finding(
            name, outcome == Outcome.Pass ? name : "NET-001", outcome, section: name, source: name, reason: name, observed: name,
            evidence: [new Evidence(name, name, name, name)], exemption: outcome == Outcome.Exempt ? name : null);

    private static IEnumerable<Finding> TenThousand() =>
        from server in Enumerable.Range(0, 500)
        from control in Enumerable.Range(1, 20)
        select ReportFindings.Finding($"server-{server}", $"NET-{control:D3}", (Outcome)((server + control) % 5), source: $"/repo/infra/{server}.json:{control}");

    private static IEnumerable<Finding> Estate()
    {
        Evaluator evaluator = new(
            [.. Catalogue.All.Controls.Select(control => CompiledControl.Compile(control, ControlSettings.None))],
            new EvaluatorOptions { UtcNow = () => Catalogue.Now, ExplainPassed = true });
        return SampleEstate.Postures().SelectMany(one => evaluator.Evaluate(one.Posture));
    }
}
