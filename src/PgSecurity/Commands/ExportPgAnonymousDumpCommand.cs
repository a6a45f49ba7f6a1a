using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Dumps a database by pg_dump as a masked role, and refuses where that role could read sensitive values unmasked.</summary>
[Cmdlet(VerbsData.Export, "PgAnonymousDump", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaskingChange))]
public sealed class ExportPgAnonymousDumpCommand : MaskingCmdlet
{
    /// <summary>The plan.</summary>
    [Parameter(Mandatory = true)]
    public string Plan { get; set; } = "";

    /// <summary>The new file.</summary>
    [Parameter(Mandatory = true)]
    [Alias("OutFile")]
    public string OutputPath { get; set; } = "";

    /// <summary>Tables as <c>schema.table</c>; all where none is given.</summary>
    [Parameter]
    public string[] Table { get; set; } = Array.Empty<string>();

    /// <summary>Tables as <c>schema.table</c> that are left out.</summary>
    [Parameter]
    public string[] ExcludeTable { get; set; } = Array.Empty<string>();

    /// <summary>The format of the file.</summary>
    [Parameter]
    [ValidateSet("custom", "plain")]
    public string Format { get; set; } = "custom";

    /// <summary>The program pg_dump; found by the path of the environment where it is not given.</summary>
    [Parameter]
    public string PgDump { get; set; } = "pg_dump";

    /// <summary>A login that reads the tables and may SET ROLE to the masked one; with it the mask is proved before the dump.</summary>
    [Parameter]
    [Credential]
    public PSCredential ProofCredential { get; set; } = PSCredential.Empty;

    private protected override SessionAccess Access => SessionAccess.Read;

    /// <inheritdoc/>
    protected override void ProcessRecord() => WithDatabase(database =>
    {
        if (FilePaths.ResolveLiteral(this, OutputPath).FirstOrDefault() is not { } path) return;
        AnonymousDumpOptions options = new() { Path = path, Tables = Table, ExcludedTables = ExcludeTable, Format = Format, Program = PgDump };
        MaskingPlan plan = ReadPlan(Plan);
        IReadOnlyList<string> remarks = AnonymousDump.DemandMasked(database, plan, options);
        if (!ShouldProcess($"{Server}/{Database} as {Login.UserName}", $"Anonymous dump to {path}")) return;
        string proof = "";
        if (ProofCredential != PSCredential.Empty)
        {
            using MaskingDatabase prover = MaskingDatabase.Open(TargetFor(ProofCredential), Database, SessionAccess.Write, Stop);
            proof = AnonymousDump.DemandProof(prover, Login.UserName, plan, options);
        }

        WriteChange(AnonymousDump.Run(database, options, remarks, proof, Stop));
    });
}
