using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Holds a plan against the columns that are there. Problems stop a run, remarks do not. What is looked at can be narrowed
/// to the tables that a run touches.
/// </summary>
internal sealed class PlanCheck
{
    private const int Shown = 10;
    private readonly List<string> _undecided = new();
    private readonly List<string> _problems = new();
    private readonly List<string> _remarks = new();
    private readonly bool _writes;

    /// <summary>Holds them against each other.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="columns">All columns of the database.</param>
    /// <param name="concerns">Those that the run touches.</param>
    /// <param name="writes">Whether masked values are written into the columns, so that constraints must hold for them.</param>
    public PlanCheck(MaskingPlan plan, IReadOnlyCollection<CatalogColumn> columns, Func<CatalogColumn, bool> concerns, bool writes = false)
    {
        _writes = writes;
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(columns);
        foreach (CatalogColumn column in columns.Where(concerns)) Check(column, plan.Of(column, byName), byName);
        foreach (MaskingDecision gone in plan.Decisions.Where(decision => !byName.ContainsKey(decision.Column)))
            _remarks.Add($"the plan speaks of {gone.Column}, which is not there");
    }

    /// <summary>Columns of which the plan says nothing.</summary>
    public IReadOnlyList<string> Undecided => _undecided;

    /// <summary>What would break, or would not mask.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>What has to be known.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Ends the run where a column is undecided or something would break.</summary>
    /// <param name="plan">The plan's file.</param>
    /// <param name="allowUndecided">Whether columns that the plan does not name may stay as they are.</param>
    /// <exception cref="MaskingException">It is so.</exception>
    public void Demand(string plan, bool allowUndecided)
    {
        if (_undecided.Count > 0 && !allowUndecided)
            throw new MaskingException("PlanIncomplete", plan, $"The plan {plan} says nothing of {Listed(_undecided)}.", "Decide about each: sensitive with a rule, or not. Get-PgSensitiveColumn -Plan shows them with what they look like.");
        if (_problems.Count > 0)
            throw new MaskingException("PlanUnfit", plan, $"The plan {plan} does not fit the database: {Listed(_problems)}.", "Correct the rules or the plan; nothing was changed.");
    }

    internal static string Listed(IReadOnlyCollection<string> items) =>
        items.Count <= Shown ? string.Join("; ", items) : $"{string.Join("; ", items.Take(Shown))}; and {items.Count - Shown} more";

    private void Check(CatalogColumn column, MaskingDecision? decision, Dictionary<ColumnName, CatalogColumn> columns)
    {
        if (decision is null)
        {
            _undecided.Add(column.Name.ToString());
            return;
        }

        if (decision.Type is { } type && type != column.Type && decision.Column == column.Name)
            _undecided.Add($"{column.Name} (it was {type} when it was decided, and is {column.Type} now)");
        if (decision.Rule is not { } rule) return;

        if (_writes) CheckConstraints(column, rule);
        foreach (string read in rule.Columns.Where(read => !columns.ContainsKey(column.Name with { Column = read })))
            _problems.Add($"the rule of {column.Name} reads the column '{read}', which the table does not have");
        if (column.References is { } key) _remarks.Add($"{column.Name} refers to {key}: both need the same deterministic rule, or rows lose each other");
        if (rule.Weakness is { } weakness) _remarks.Add($"{column.Name}: {weakness}");
    }

    private void CheckConstraints(CatalogColumn column, MaskingRule rule)
    {
        if (rule.IsNull && column.NotNull) _problems.Add($"{column.Name} takes no NULL, which its rule gives");
        if (column.Generated) _problems.Add($"{column.Name} is computed by the server and cannot be masked by itself; mask what it is computed from");
        if (column.Identity) _problems.Add($"{column.Name} is an identity column");
        if (rule.ChangesType) _problems.Add($"{column.Name}: a rule that gives ranges does not fit the column");
        if (column.Unique && rule.IsValue && !rule.IsNull) _problems.Add($"{column.Name} is unique, and its rule gives every row the same value");
        else if (column.Unique && !rule.IsNull) _remarks.Add($"{column.Name} is unique; its rule may give the same value twice");
    }
}
