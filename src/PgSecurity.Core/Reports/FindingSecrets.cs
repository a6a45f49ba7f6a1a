using System.Linq;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Reports;

/// <summary>
/// The last look before a finding is written down. Findings hold no secrets; should one slip through, as in the value of a
/// parameter or in a message of the service, it ends here.
/// </summary>
internal static class FindingSecrets
{
    private const string Replacement = "(" + Secrets.Reason + ")";

    /// <summary>The finding without secrets; the same one where there are none.</summary>
    public static Finding TakeOut(Finding finding)
    {
        if (!HasAny(finding)) return finding;
        return new Finding
        {
            ResourceId = finding.ResourceId,
            ServerName = finding.ServerName,
            ResourceGroupName = finding.ResourceGroupName,
            SubscriptionId = finding.SubscriptionId,
            ControlId = finding.ControlId,
            Section = finding.Section,
            Title = finding.Title,
            Severity = finding.Severity,
            Outcome = finding.Outcome,
            Reason = Clean(finding.Reason),
            Observed = finding.Evidence.Any(IsSecret) ? Replacement : Clean(finding.Observed),
            Expected = Clean(finding.Expected),
            Recommendation = Clean(finding.Recommendation),
            IsRemediable = finding.IsRemediable,
            Evidence = finding.Evidence.Select(Clean).ToArray(),
            Benchmarks = finding.Benchmarks,
            Exemption = finding.Exemption,
            Source = Clean(finding.Source),
            EvaluatedAt = finding.EvaluatedAt,
        };
    }

    private static bool HasAny(Finding finding) =>
        Secrets.IsSecretText(finding.Reason)
        || Secrets.IsSecretText(finding.Observed)
        || Secrets.IsSecretText(finding.Expected)
        || Secrets.IsSecretText(finding.Recommendation)
        || Secrets.IsSecretText(finding.Source)
        || finding.Evidence.Any(piece => IsSecret(piece) || Secrets.IsSecretText(piece.Observed) || Secrets.IsSecretText(piece.Expected));

    private static bool IsSecret(Evidence piece) =>
        piece.Observed.Length > 0 && piece.Field.Length > 0 && IsBareSecretName(LastName(piece.Field)) && !IsWord(piece.Observed);

    /// <summary>A name that ends as a secret's does; one that only speaks of secrets, as passwordRoleCount, is none.</summary>
    private static bool IsBareSecretName(string name) => Secrets.IsSecretParameter(name)
        || (Secrets.IsSecretName(name) && (EndsWith(name, "password") || EndsWith(name, "secret") || EndsWith(name, "token") || EndsWith(name, "key")));

    /// <summary>What is seen of a setting that is named like a secret: on, off, true, missing.</summary>
    private static bool IsWord(string observed) => observed.Trim('"') switch
    {
        "true" or "false" or "on" or "off" or "Enabled" or "Disabled" or "missing" or "absent" or "not set" or "null" => true,
        _ => false,
    };

    private static bool EndsWith(string name, string end) => name.EndsWith(end, System.StringComparison.OrdinalIgnoreCase);

    private static string LastName(string field) => field.Substring(field.LastIndexOfAny(new[] { '.', '/' }) + 1);

    private static Evidence Clean(Evidence piece) => new(
        piece.ResourceId, piece.Field, IsSecret(piece) ? Replacement : Clean(piece.Observed), Clean(piece.Expected));

    private static string Clean(string text) => Secrets.IsSecretText(text) ? Replacement : text;
}
