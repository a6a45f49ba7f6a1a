using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>
/// What was decided of the columns of a database: sensitive, with the rule that masks it, or known not to be, and who said
/// so. A column in neither stops a run.
/// </summary>
public sealed class MaskingPlan
{
    private readonly Dictionary<ColumnName, MaskingDecision> _decisions;

    internal MaskingPlan(string file, IEnumerable<MaskingDecision> decisions)
    {
        File = file;
        _decisions = decisions.ToDictionary(decision => decision.Column);
    }

    /// <summary>The file that it was read from.</summary>
    public string File { get; }

    internal IReadOnlyCollection<MaskingDecision> Decisions => _decisions.Values;

    /// <summary>What is decided of a column. A partition or child that the plan does not name follows its parent.</summary>
    internal MaskingDecision? Of(CatalogColumn column, IReadOnlyDictionary<ColumnName, CatalogColumn> columns)
    {
        HashSet<ColumnName> seen = new();
        for (CatalogColumn? at = column; at is not null && seen.Add(at.Name); at = at.Parent is { } parent && columns.TryGetValue(parent, out CatalogColumn? above) ? above : null)
        {
            if (_decisions.TryGetValue(at.Name, out MaskingDecision? decision)) return decision;
        }

        return null;
    }

    internal MaskingDecision? Of(ColumnName column) => _decisions.TryGetValue(column, out MaskingDecision? decision) ? decision : null;
}
