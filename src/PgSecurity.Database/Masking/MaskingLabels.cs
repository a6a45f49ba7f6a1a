using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>Masking rules as security labels of anon: what would change, and the change.</summary>
public static class MaskingLabels
{
    /// <summary>
    /// The rules of a plan that the database lacks. Anon's rules are not inherited, so partitions and children get their
    /// parent's too.
    /// </summary>
    /// <exception cref="MaskingException">The plan does not cover the tables, a rule does not fit, or a function is missing or not trusted.</exception>
    public static IReadOnlyList<LabelChange> Prepare(MaskingDatabase database, MaskingPlan plan)
    {
        AnonExtension.Read(database).Demand(database);
        IReadOnlyList<CatalogColumn> columns = ColumnCatalog.Read(database);
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(columns);
        new PlanCheck(plan, columns, _ => true).Demand(plan.File, allowUndecided: false);
        List<(CatalogColumn Column, MaskingRule Rule)> ruled = columns
            .Select(column => (column, plan.Of(column, byName)?.Rule!)).Where(entry => entry.Item2 is not null).ToList();
        DemandFunctions(database, plan.File, ruled.Select(entry => entry.Rule));
        return ruled.Select(entry => new LabelChange(database, entry.Column, entry.Rule.Text, entry.Rule.Weakness)).ToList();
    }

    /// <summary>The rule of one column and of the same column in its partitions and children.</summary>
    /// <param name="database">The session.</param>
    /// <param name="column">The column.</param>
    /// <param name="rule">The rule; null for the one that fits its category and type.</param>
    /// <exception cref="MaskingException">There is no such column, no rule fits, or a function is missing or not trusted.</exception>
    public static IReadOnlyList<LabelChange> Prepare(MaskingDatabase database, ColumnName column, string? rule)
    {
        AnonExtension.Read(database).Demand(database);
        IReadOnlyList<CatalogColumn> columns = ColumnCatalog.Read(database);
        CatalogColumn target = Find(columns, column, database);
        MaskingRule parsed = Parse(column, rule ?? Suggested(columns, target));
        DemandFunctions(database, column.ToString(), new[] { parsed });
        PlanCheck check = new(new MaskingPlan("the rule", new[] { new MaskingDecision { Column = column, Sensitive = true, Rule = parsed, DecidedBy = "the caller" } }), columns, entry => entry.Name == column);
        check.Demand("the rule", allowUndecided: false);
        return WithChildren(columns, target).Select(entry => new LabelChange(database, entry, parsed.Text, parsed.Weakness)).ToList();
    }

    /// <summary>The removal of a column's rule, and of the same in its partitions and children.</summary>
    /// <exception cref="MaskingException">There is no such column, or labels cannot be set.</exception>
    public static IReadOnlyList<LabelChange> PrepareRemoval(MaskingDatabase database, ColumnName column)
    {
        AnonExtension.Read(database).Demand(database);
        IReadOnlyList<CatalogColumn> columns = ColumnCatalog.Read(database);
        return WithChildren(columns, Find(columns, column, database)).Select(entry => new LabelChange(database, entry, null, null)).ToList();
    }

    /// <summary>Sets or removes one label, and reads it back.</summary>
    /// <param name="database">The session.</param>
    /// <param name="change">The label as it should be.</param>
    /// <param name="beforeCommit">Told of the change right before it is kept.</param>
    /// <exception cref="DatabaseException">The server refuses it.</exception>
    public static MaskingChange Apply(MaskingDatabase database, LabelChange change, Action<MaskingCommit>? beforeCommit = null)
    {
        if (change.IsAlreadySo) return change.Result("AlreadyCompliant", change.Before);
        return database.Change(
            () =>
            {
                database.Write(change.Statement);
                string? now = ColumnCatalog.Read(database).FirstOrDefault(column => column.Name == change.Column)?.Label;
                return change.Result(now == change.After ? "Changed" : "Failed", now, AnonExtension.Read(database).Prevents());
            },
            result => new[] { result },
            beforeCommit);
    }

    private static CatalogColumn Find(IReadOnlyList<CatalogColumn> columns, ColumnName column, MaskingDatabase database) =>
        columns.FirstOrDefault(entry => entry.Name == column)
        ?? throw new MaskingException("ColumnNotFound", column.ToString(), $"There is no column {column} in the database '{database.Name}'.", "Write schema, table and column as the catalog has them, with their capitals.");

    private static string Suggested(IReadOnlyList<CatalogColumn> columns, CatalogColumn column) =>
        (SensitiveNames.Default.Match(columns).TryGetValue(column.Name, out SensitiveMatch? match) ? match.Category.RuleFor(column) : null)
        ?? throw new MaskingException("NoRuleKnown", column.Name.ToString(), $"No rule is known that fits {column.Name} ({column.Type}{(column.NotNull ? " not null" : "")}).", "Give one with -Rule, such as \"MASKED WITH VALUE 0\".");

    private static MaskingRule Parse(ColumnName column, string rule)
    {
        try
        {
            return MaskingRule.Parse(rule);
        }
        catch (FormatException cause)
        {
            throw new MaskingException("RuleInvalid", column.ToString(), $"The rule for {column} cannot be used: {cause.Message}.", "anon 2 takes MASKED WITH VALUE literal, or MASKED WITH FUNCTION schema.function(…) without operators.", cause);
        }
    }

    private static void DemandFunctions(MaskingDatabase database, string target, IEnumerable<MaskingRule> rules)
    {
        List<string> problems = rules.SelectMany(rule => TrustedFunctions.Problems(database, rule, needTrust: true)).Distinct().ToList();
        if (problems.Count > 0)
            throw new MaskingException("FunctionNotTrusted", target, $"Rules cannot be set: {PlanCheck.Listed(problems)}.", "Use functions of the schema anon, or let an administrator label a function or schema TRUSTED after reading its code.");
    }

    private static IEnumerable<CatalogColumn> WithChildren(IReadOnlyList<CatalogColumn> columns, CatalogColumn column)
    {
        yield return column;
        foreach (CatalogColumn child in columns.Where(entry => entry.Parent == column.Name))
        {
            foreach (CatalogColumn below in WithChildren(columns, child)) yield return below;
        }
    }
}
