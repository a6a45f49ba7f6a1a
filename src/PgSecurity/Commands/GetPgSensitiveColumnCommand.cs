using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Tells which columns look sensitive, whether a rule masks them, and who reads them unmasked, without reading a value.</summary>
[Cmdlet(VerbsCommon.Get, "PgSensitiveColumn")]
[OutputType(typeof(SensitiveColumn))]
public sealed class GetPgSensitiveColumnCommand : MaskingCmdlet
{
    /// <summary>A plan that the columns are held against.</summary>
    [Parameter]
    public string Plan { get; set; } = "";

    /// <summary>Whether columns that look harmless are given too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>A new file that a draft of a plan over all columns is written to.</summary>
    [Parameter]
    public string DraftPlan { get; set; } = "";

    private protected override SessionAccess Access => SessionAccess.Read;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WithDatabase(database =>
    {
        MaskingPlan? plan = Plan.Length == 0 ? null : ReadPlan(Plan);
        IReadOnlyList<SensitiveColumn> columns = SensitiveColumns.Read(database, plan, all: All || DraftPlan.Length > 0);
        if (DraftPlan.Length > 0) WriteDraft(columns);
        WriteObject(All || DraftPlan.Length == 0 ? columns : columns.Where(column => column.Category.Length > 0 || column.HasRule || column.Decision is "Sensitive" or "Undecided"), enumerateCollection: true);
    });

    private void WriteDraft(IReadOnlyList<SensitiveColumn> columns)
    {
        if (FilePaths.ResolveLiteral(this, DraftPlan).FirstOrDefault() is not { } path) return;
        try
        {
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
            using StreamWriter writer = new(file);
            writer.Write(SensitiveColumns.DraftPlan(columns));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            WriteError(ErrorRecords.OutputNotWritable(path, cause));
        }
    }
}
