using System;
using System.IO;
using System.IO.Compression;
using System.Management.Automation;
using PgSecurity.Azure.Inventory;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Snapshots;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Reads servers from Azure, or from a sandbox, and writes all that is known of them to a file, without secrets.</summary>
[Cmdlet(VerbsData.Export, "PgSecuritySnapshot", DefaultParameterSetName = ScopeSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportPgSecuritySnapshotCommand : ServerScopeCmdlet
{
    private Stream? _output;
    private string _target = string.Empty;
    private string _temporary = string.Empty;
    private int _servers;

    /// <summary>The file; one that ends in .gz is compressed.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = string.Empty;

    /// <summary>How many servers are read at once.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Whether a file that is there is replaced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override bool ReadsNothing => _output is null;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _target = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path);
        if (File.Exists(_target) && !Force)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong($"The file '{_target}' is there already.", "Name another file, or replace it with -Force.", Path));
        }

        if (!ShouldProcess(_target, "Write a snapshot")) return;
        try
        {
            // The target appears only when it is whole.
            _temporary = _target + ".partial";
            FileStream file = File.Create(_temporary);
            _output = _target.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Optimal) : file;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(denied.Message, "Name a file in a folder that is there and may be written to.", Path));
        }
    }

    private protected override LiveAudit Open() => new(this, CollectionRun.EveryFacet, ThrottleLimit, Stop);

    private protected override void Take(Posture posture)
    {
        SnapshotWriter.Write(_output!, posture);
        _servers++;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (_output is null) return;
        _output.Dispose();
        _output = null;
        if (_servers == 0)
        {
            File.Delete(_temporary);
            WriteWarning("No server was found, so no snapshot was written.");
            return;
        }

        if (File.Exists(_target)) File.Delete(_target);
        File.Move(_temporary, _target);
        WriteVerbose($"{_servers} servers.");
        WriteObject(new FileInfo(_target));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && _output is not null)
        {
            _output.Dispose();
            File.Delete(_temporary);
        }

        base.Dispose(disposing);
    }
}
