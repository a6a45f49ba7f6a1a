using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Binding;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Errors;
using PgSecurity.Sessions;

namespace PgSecurity.Pipeline;

/// <summary>A cmdlet that logs in to one database, over TLS with full verification, to read or change masks.</summary>
public abstract class MaskingCmdlet : PgCmdlet, IDynamicParameters
{
    private readonly DatabaseLoginParameters _parameters = new();
    private MaskingDatabase? _database;
    private DatabaseIdentity? _login;

    /// <summary>The server's host name, as its certificate bears it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Server { get; set; } = "";

    /// <summary>The database.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string Database { get; set; } = "";

    /// <inheritdoc/>
    public object GetDynamicParameters() => _parameters;

    private protected virtual SessionAccess Access => SessionAccess.Write;

    /// <summary>Does something with the database; what is refused becomes an error, and the pipeline goes on.</summary>
    private protected void WithDatabase(Action<MaskingDatabase> work) => Guarded(() => work(Open()));

    /// <summary>Does something; what is refused becomes an error, and the pipeline goes on.</summary>
    private protected void Guarded(Action work)
    {
        try
        {
            work();
        }
        catch (MaskingException refused)
        {
            WriteError(MaskingErrorRecords.Of(refused));
        }
        catch (DatabaseException refused)
        {
            WriteError(MaskingErrorRecords.Of(refused, $"{Server}/{Database}"));
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            // Ctrl+C: the transaction has ended with the session, and nothing more is to be said.
        }
    }

    /// <summary>Who logs in.</summary>
    private protected DatabaseIdentity Login => _login ??= _parameters.Identity(this, Stop);

    /// <summary>The server, and who logs in to it.</summary>
    private protected DatabaseTarget Target => TargetFor(Login);

    /// <summary>A target on the server with another login.</summary>
    private protected DatabaseTarget TargetFor(PSCredential credential) => TargetFor(DatabaseIdentity.Of(credential));

    /// <summary>Reads a plan from a path as the user wrote it.</summary>
    private protected MaskingPlan ReadPlan(string path) => MaskingPlanFile.Read(FilePaths.ResolveLiteral(this, path).FirstOrDefault() ?? path);

    /// <summary>Writes a change, and says loudly what does not mask.</summary>
    private protected void WriteChange(MaskingChange change)
    {
        foreach (string remark in change.Remarks.Where(remark => remark.StartsWith("NOT MASKED", StringComparison.Ordinal))) WriteWarning(remark);
        foreach (string remark in change.Remarks) WriteVerbose(remark);
        WriteObject(change);
        if (change.Status == "Failed") WriteError(MaskingErrorRecords.NotKept(change));
        else if (change.Proof == "NotMasked") WriteError(MaskingErrorRecords.NoEffect(change));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _database?.Dispose();
        base.Dispose(disposing);
    }

    private DatabaseTarget TargetFor(DatabaseIdentity login) => login.ToLogin(_parameters.Roots(this)).At(Server, _parameters.Port);

    private MaskingDatabase Open()
    {
        if (_database is { } open && open.Target.Host == Server && open.Name == Database) return open;
        _database?.Dispose();
        _database = null;
        return _database = MaskingDatabase.Open(TargetFor(Login), Database, Access, Stop);
    }
}
