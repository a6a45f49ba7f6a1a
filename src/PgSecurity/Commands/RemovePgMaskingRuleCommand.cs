using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Takes the masking rule from a column, and from the same column of its partitions.</summary>
[Cmdlet(VerbsCommon.Remove, "PgMaskingRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(MaskingChange))]
public sealed class RemovePgMaskingRuleCommand : MaskingChangeCmdlet
{
    /// <summary>The table's schema.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Schema { get; set; } = "";

    /// <summary>The table.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Table { get; set; } = "";

    /// <summary>The column.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string Column { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WithDatabase(database =>
    {
        foreach (LabelChange change in MaskingLabels.PrepareRemoval(database, new ColumnName(Schema, Table, Column)))
        {
            if (!change.IsAlreadySo && !ShouldProcess($"{Server}/{Database} {change.Column}", $"Masking rule: {change.Before} → none; masked roles read it as it is")) continue;
            Change("MaskingRule", new[] { change.Column.Schema, change.Column.Table, change.Column.Column }, commit => new[] { MaskingLabels.Apply(database, change, commit) });
        }
    });
}
