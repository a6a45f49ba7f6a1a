using System;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Database.Masking;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Shows tables of another database in this one, masked by a plan.</summary>
[Cmdlet(VerbsCommon.New, "PgMaskingDataWrapper", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MaskingChange))]
public sealed class NewPgMaskingDataWrapperCommand : MaskingChangeCmdlet
{
    /// <summary>The name of the foreign server; its tables come into a schema of this name with <c>_raw</c>.</summary>
    [Parameter(Mandatory = true)]
    [ValidateLength(1, 59)]
    public string Name { get; set; } = "";

    /// <summary>The plan of the other database.</summary>
    [Parameter(Mandatory = true)]
    public string Plan { get; set; } = "";

    /// <summary>The host with the data, as the database's server resolves it.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ForeignServer { get; set; } = "";

    /// <summary>Its port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int ForeignPort { get; set; } = 5432;

    /// <summary>The database there.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string ForeignDatabase { get; set; } = "";

    /// <summary>The schema there.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ForeignSchema { get; set; } = "public";

    /// <summary>The login there, which should have no more than SELECT on the tables.</summary>
    [Parameter(Mandatory = true)]
    [Credential]
    public PSCredential ForeignCredential { get; set; } = PSCredential.Empty;

    /// <summary>The tables; all that the plan names in the schema where none is given.</summary>
    [Parameter]
    public string[] Table { get; set; } = Array.Empty<string>();

    /// <summary>The schema of the views.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ViewSchema { get; set; } = "mask";

    /// <summary>The roles that may read the views.</summary>
    [Parameter]
    public string[] Reader { get; set; } = Array.Empty<string>();

    /// <summary>How the database's server checks the other one's certificate.</summary>
    [Parameter]
    [ValidateSet("verify-full", "verify-ca", "require")]
    public string ForeignSslMode { get; set; } = "verify-full";

    /// <summary>A file of roots on the database's server.</summary>
    [Parameter]
    public string ForeignRootCertificate { get; set; } = "";

    /// <inheritdoc/>
    protected override void ProcessRecord() => WithDatabase(database =>
    {
        MaskingPlan plan = ReadPlan(Plan);
        DataWrapperOptions options = new()
        {
            Name = Name, Host = ForeignServer, Port = ForeignPort, Database = ForeignDatabase, ForeignSchema = ForeignSchema,
            UserName = ForeignCredential.UserName, Password = ForeignCredential.GetNetworkCredential().Password,
            Tables = Table, ViewSchema = ViewSchema, Readers = Reader, SslMode = ForeignSslMode,
            RootCertificate = ForeignRootCertificate.Length == 0 ? null : ForeignRootCertificate,
        };
        MaskingDataWrapper.DemandNamesFree(database, options);
        string what = $"Masking data wrapper of {ForeignServer}/{ForeignDatabase} {ForeignSchema} as {options.UserName}; views in {ViewSchema}{(Reader.Length > 0 ? $" for {string.Join(", ", Reader)}" : "")}";
        if (!ShouldProcess($"{Server}/{Database} {Name}", what)) return;
        Change("DataWrapper", new[] { Name }, commit => MaskingDataWrapper.Create(database, plan, options, commit));
    });
}
