using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>What is sensitive in a database, whether a rule is on it, who reads it unmasked, and what a plan says of it.</summary>
public static class SensitiveColumns
{
    /// <summary>Reads them from catalogs alone.</summary>
    /// <param name="database">The session.</param>
    /// <param name="plan">A plan to hold them against; null for none.</param>
    /// <param name="all">Whether columns that look harmless are given too.</param>
    public static IReadOnlyList<SensitiveColumn> Read(MaskingDatabase database, MaskingPlan? plan = null, bool all = false)
    {
        IReadOnlyList<CatalogColumn> columns = ColumnCatalog.Read(database);
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(columns);
        IReadOnlyDictionary<ColumnName, SensitiveMatch> matches = SensitiveNames.Default.Match(columns);
        List<(CatalogColumn Column, SensitiveMatch? Match, MaskingDecision? Decision)> wanted = columns
            .Select(column => (Column: column, Match: matches.TryGetValue(column.Name, out SensitiveMatch? match) ? match : null, Decision: plan?.Of(column, byName)))
            .Where(entry => all || entry.Match is not null || entry.Column.HasRule || entry.Decision is { Sensitive: true } || (plan is not null && entry.Decision is null))
            .ToList();
        IReadOnlyDictionary<(long, int), IReadOnlyList<ColumnReader>> readers = UnmaskedReaders.Of(
            database, wanted.Where(entry => entry.Match is not null || entry.Column.HasRule || entry.Decision is { Sensitive: true }).Select(entry => entry.Column).ToList());
        return wanted.Select(entry => Row(database, entry.Column, entry.Match, plan, entry.Decision, readers)).ToList();
    }

    /// <summary>A draft of a plan over columns, to be filled in.</summary>
    public static string DraftPlan(IEnumerable<SensitiveColumn> columns) => MaskingPlanFile.Draft(columns);

    private static SensitiveColumn Row(
        MaskingDatabase database,
        CatalogColumn column,
        SensitiveMatch? match,
        MaskingPlan? plan,
        MaskingDecision? decision,
        IReadOnlyDictionary<(long, int), IReadOnlyList<ColumnReader>> readers) =>
        new()
        {
            Server = database.Target.Host,
            Database = database.Name,
            Schema = column.Name.Schema,
            Table = column.Name.Table,
            Column = column.Name.Column,
            Type = column.Type,
            Category = decision is { Sensitive: true, Category.Length: > 0 } ? decision.Category : match?.Category.Name ?? "",
            Identifier = match?.Category.Identifier ?? "",
            Confidence = match?.Confidence ?? MatchConfidence.Low,
            Reason = match?.Reason ?? "",
            HasRule = column.HasRule,
            Rule = column.HasRule ? column.Label! : "",
            SuggestedRule = match?.Category.RuleFor(column) ?? "",
            Decision = plan is null ? "" : DecisionOf(column, decision),
            DecidedBy = decision?.DecidedBy ?? "",
            UnmaskedReaders = readers.TryGetValue((column.Relation, column.Number), out IReadOnlyList<ColumnReader>? list) ? list : Array.Empty<ColumnReader>(),
        };

    /// <summary>A column whose type has changed since it was decided is undecided again.</summary>
    private static string DecisionOf(CatalogColumn column, MaskingDecision? decision) =>
        decision is null || (decision.Type is { } type && type != column.Type) ? "Undecided" : decision.Sensitive ? "Sensitive" : "NotSensitive";
}
