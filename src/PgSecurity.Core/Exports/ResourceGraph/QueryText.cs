using System.Collections.Generic;
using System.Linq;
using System.Text;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>Writes one query for some controls: a row a finding, with the columns of a finding.</summary>
internal static class QueryText
{
    private static readonly string Types = $"({KqlText.Literal(FacetTypes.Server)}, {KqlText.Literal(FacetTypes.SingleServer)})";

    /// <summary>The query, with a line feed at its end.</summary>
    public static string Of(IReadOnlyList<QueryControl> controls)
    {
        StringBuilder text = new();
        text.Append("resources\n| where type in~ ").Append(Types).Append('\n');
        Join(text, controls, RelatedSource.Connections, "id", $"    resources\n    | where type in~ {Types}\n    | mv-expand connection = properties.privateEndpointConnections\n");
        Join(text, controls, RelatedSource.DefenderPlans, "subscriptionId", "    securityresources\n    | where type =~ 'microsoft.security/pricings'\n");
        text.Append("| extend findings = pack_array(\n").Append(string.Join(",\n", controls.Select(Finding))).Append(")\n")
            .Append("| mv-expand finding = findings\n")
            .Append("| project ResourceId = id, ServerName = name, ResourceGroupName = resourceGroup, SubscriptionId = subscriptionId,\n")
            .Append("    ControlId = tostring(finding.ControlId), Section = tostring(finding.Section), Title = tostring(finding.Title),\n")
            .Append("    Severity = tostring(finding.Severity), Outcome = tostring(finding.Outcome), Reason = tostring(finding.Reason),\n")
            .Append("    Observed = tostring(finding.Observed)\n");
        return text.ToString();
    }

    private static void Join(StringBuilder text, IReadOnlyList<QueryControl> controls, RelatedSource source, string key, string rows)
    {
        List<RelatedCount> counts = controls.SelectMany(control => control.Counts).Where(count => count.Source == source).ToList();
        if (counts.Count == 0) return;
        text.Append("| join kind=leftouter (\n").Append(rows)
            .Append("    | summarize ").Append(string.Join(", ", counts.Select(count => $"{count.Column} = countif({count.Condition})")))
            .Append(" by ").Append(key).Append(") on ").Append(key).Append('\n');
    }

    private static string Finding(QueryControl control)
    {
        KqlTruth applies = KqlTruth.All(control.AppliesTo.Select(one => one.Condition));
        List<(string When, string Outcome)> outcomes = new() { (applies.Fails, "NotApplicable") };
        if (applies.CanBeUnknown) outcomes.Add(($"not({applies.Holds})", "Unknown"));
        outcomes.Add((control.Fails.Holds, "Fail"));
        if (control.Fails.CanBeUnknown) outcomes.Add(($"not({control.Fails.Fails})", "Unknown"));
        string outcome = Case(outcomes.Where(one => one.When != "false").Select(one => (one.When, KqlText.Literal(one.Outcome))), KqlText.Literal("Pass"));
        return $"    pack('ControlId', {KqlText.Literal(control.Control.Definition.Id)}, 'Section', {KqlText.Literal(control.Control.Definition.Section)}, "
            + $"'Title', {KqlText.Literal(control.Control.Definition.Title)}, 'Severity', {KqlText.Literal(control.Control.Severity.ToString())},\n"
            + $"        'Outcome', {outcome},\n"
            + $"        'Reason', {Reason(control)},\n"
            + $"        'Observed', {Observed(control)})";
    }

    private static string Reason(QueryControl control)
    {
        List<(string, string)> reasons = control.AppliesTo.Select(one => (one.Condition.Fails, KqlText.Literal(one.Reason))).ToList();
        KqlTruth applies = KqlTruth.All(control.AppliesTo.Select(one => one.Condition));
        if (applies.CanBeUnknown) reasons.Add(($"not({applies.Holds})", KqlText.Literal("It cannot be told whether the control applies: the row lacks a property that decides it.")));
        if (control.Fails.CanBeUnknown)
        {
            reasons.Add(($"not(({control.Fails.Holds} or {control.Fails.Fails}))", KqlText.Literal("The row lacks what decides it.")));
        }

        return Case(reasons.Where(one => one.Item1 != "false"), KqlText.Literal(""));
    }

    private static string Observed(QueryControl control) => control.Observed.Count == 0
        ? KqlText.Literal("")
        : $"strcat({string.Join(", '; ', ", control.Observed.Select(field => $"{KqlText.Literal(field.Expression + ": ")}, {field.Text}"))})";

    private static string Case(IEnumerable<(string When, string Then)> branches, string otherwise)
    {
        List<string> parts = branches.SelectMany(branch => new[] { branch.When, branch.Then }).ToList();
        return parts.Count == 0 ? otherwise : $"case({string.Join(", ", parts)}, {otherwise})";
    }
}
