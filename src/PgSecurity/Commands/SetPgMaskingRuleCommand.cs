using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Declares masking rules of PostgreSQL Anonymizer on columns: those of a plan, or one by hand.</summary>
[Cmdlet(VerbsCommon.Set, "PgMaskingRule", DefaultParameterSetName = PlanSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaskingChange))]
public sealed class SetPgMaskingRuleCommand : MaskingChangeCmdlet
{
    private const string PlanSet = "Plan";
    private const string ColumnSet = "Column";

    /// <summary>The plan whose rules are declared.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PlanSet)]
    public string Plan { get; set; } = "";

    /// <summary>The table's schema.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ColumnSet, ValueFromPipelineByPropertyName = true)]
    public string Schema { get; set; } = "";

    /// <summary>The table.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ColumnSet, ValueFromPipelineByPropertyName = true)]
    public string Table { get; set; } = "";

    /// <summary>The column.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ColumnSet, ValueFromPipelineByPropertyName = true)]
    public string Column { get; set; } = "";

    /// <summary>The rule; the one that fits category and type where it is not given.</summary>
    [Parameter(ParameterSetName = ColumnSet)]
    public string Rule { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WithDatabase(database =>
    {
        IReadOnlyList<LabelChange> changes = ParameterSetName == PlanSet
            ? MaskingLabels.Prepare(database, ReadPlan(Plan))
            : MaskingLabels.Prepare(database, new ColumnName(Schema, Table, Column), Rule.Length == 0 ? null : Rule);
        foreach (LabelChange change in changes)
        {
            if (!change.IsAlreadySo && !ShouldProcess($"{Server}/{Database} {change.Column}", $"Masking rule: {change.Before ?? "none"} → {change.After}")) continue;
            Change("MaskingRule", new[] { change.Column.Schema, change.Column.Table, change.Column.Column }, commit => new[] { MaskingLabels.Apply(database, change, commit) });
        }
    });
}
