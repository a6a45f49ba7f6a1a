using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>Every case of every control comes to what it says, and every remediation clears its own finding.</summary>
public class ControlCasesTests
{
    public static TheoryData<string> Files() => new(ControlCase.Files().Select(path => Path.GetFileNameWithoutExtension(path)!).DefaultIfEmpty(""));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_case_comes_to_what_it_says(string control)
    {
        List<string> wrong = new();
        foreach (ControlCase item in CasesOf(control))
        {
            Finding finding = Judge(item, CasePosture.Build(item.Content, item.Name));
            if (finding.Outcome != item.Expect)
            {
                wrong.Add($"'{item.Name}': expected {item.Expect}, came to {finding.Outcome} ({Describe(finding)})");
            }
            else if (item.Reason is string reason && !Describe(finding).Contains(reason, StringComparison.OrdinalIgnoreCase))
            {
                wrong.Add($"'{item.Name}': '{reason}' is not in: {Describe(finding)}");
            }
        }

        Assert.True(wrong.Count == 0, control + Environment.NewLine + string.Join(Environment.NewLine, wrong));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_failure_says_what_was_seen_and_every_other_outcome_why(string control)
    {
        foreach (ControlCase item in CasesOf(control))
        {
            Finding finding = Judge(item, CasePosture.Build(item.Content, item.Name));
            bool speaks = finding.Outcome switch
            {
                Outcome.Fail => finding.Evidence.Count > 0 && finding.Observed.Length > 0 && finding.Recommendation.Length > 0,
                Outcome.Unknown or Outcome.NotApplicable => finding.Reason.Length > 0,
                _ => true,
            };
            Assert.True(speaks, $"{control}, '{item.Name}' is mute: {finding.Outcome} ({Describe(finding)})");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_remediation_clears_its_own_finding(string control)
    {
        List<string> wrong = new();
        foreach (ControlCase item in CasesOf(control).Where(item => item.Expect == Outcome.Fail))
        {
            CompiledControl compiled = Catalogue.Compile(control, item.Parameters);
            if (compiled.Definition.Remediation.Steps.Count == 0) continue;
            Posture posture = CasePosture.Build(item.Content, item.Name);
            Finding before = Catalogue.Judge(compiled, posture);
            try
            {
                Posture repaired = RemediationSimulation.Apply(
                    posture,
                    compiled.Definition.Remediation.Steps,
                    compiled.Parameters,
                    before.Evidence.Select(piece => piece.ResourceId));
                Finding after = Catalogue.Judge(compiled, repaired);
                if (after.Outcome != item.AfterRemediation)
                {
                    wrong.Add($"'{item.Name}': after the steps {after.Outcome}, not {item.AfterRemediation} ({Describe(after)})");
                }
            }
            catch (RemediationException exception)
            {
                wrong.Add($"'{item.Name}': {exception.Message}");
            }
        }

        Assert.True(wrong.Count == 0, control + Environment.NewLine + string.Join(Environment.NewLine, wrong));
    }

    private static IReadOnlyList<ControlCase> CasesOf(string control)
    {
        if (control.Length == 0) return [];
        IReadOnlyList<ControlCase> cases = ControlCase.Read(Path.Combine(RepositoryFiles.Cases, control + ".json"));
        Assert.All(cases, item => Assert.Equal(control, item.Control));
        return cases;
    }

    private static Finding Judge(ControlCase item, Posture posture) =>
        Catalogue.Judge(Catalogue.Compile(item.Control, item.Parameters), posture);

    private static string Describe(Finding finding) =>
        $"reason: {finding.Reason}; observed: {finding.Observed}; expected: {finding.Expected}; evidence: {string.Join(" / ", finding.Evidence)}";
}
