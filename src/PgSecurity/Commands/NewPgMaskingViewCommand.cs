using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Makes views that show tables with a plan's masks in place of their sensitive columns.</summary>
[Cmdlet(VerbsCommon.New, "PgMaskingView", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaskingChange))]
public sealed class NewPgMaskingViewCommand : MaskingChangeCmdlet
{
    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true)]
    public string Plan { get; set; } = "";

    /// <summary>The table's schema.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string Schema { get; set; } = "public";

    /// <summary>The tables; every table with a sensitive column, in all schemas, where none is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string[] Table { get; set; } = Array.Empty<string>();

    /// <summary>The schema of the views.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ViewSchema { get; set; } = "mask";

    /// <summary>The roles that may read the views.</summary>
    [Parameter]
    public string[] Reader { get; set; } = Array.Empty<string>();

    /// <summary>Whether the right to read the tables themselves is taken from these roles and from PUBLIC.</summary>
    [Parameter]
    public SwitchParameter RevokeTable { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => WithDatabase(database =>
    {
        MaskingPlan plan = ReadPlan(Plan);
        IReadOnlyList<(string Schema, string Table)> tables = Table.Length > 0 ? Table.Select(table => (Schema, table)).ToList() : MaskingView.Tables(database, plan);
        MaskingViewOptions options = new() { Schema = ViewSchema, Readers = Reader, RevokeTable = RevokeTable };
        foreach ((string schema, string table) in tables)
        {
            Guarded(() =>
            {
                MaskingViewPlan view = MaskingView.Prepare(database, plan, schema, table, options);
                if (view.IsAlreadyThere) WriteChange(view.AlreadyCompliant());
                else if (ShouldProcess($"{Server}/{Database} {view.ViewName}", $"Masking view of {schema}.{table}, masking {string.Join(", ", view.MaskedColumns)}{Access()}"))
                {
                    Change("MaskingView", new[] { view.ViewSchema, view.Name }, commit => new[] { MaskingView.Create(database, view, commit) });
                }
            });
        }

        string Access() => (Reader.Length > 0 ? $"; SELECT to {string.Join(", ", Reader)}" : "") + (RevokeTable ? "; SELECT on the table taken from them and PUBLIC" : "");
    });
}
