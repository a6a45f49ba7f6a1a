using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using PgSecurity.Database.Tls.Trust;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Says whether the clients of this machine trust Azure's servers, today and after the next change of roots.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PgClientTrust", DefaultParameterSetName = MachineSet)]
[OutputType(typeof(ClientTrustReport))]
public sealed class TestPgClientTrustCommand : PgCmdlet
{
    private const string MachineSet = "Machine";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>Files with trusted certificates; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Files whose names are taken as they are.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>The cloud whose servers are meant.</summary>
    [Parameter]
    [ValidateSet("AzureCloud", "AzureUSGovernment", "AzureChinaCloud")]
    public string Cloud { get; set; } = "AzureCloud";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (TrustSource source in Sources())
        {
            if (Stop.IsCancellationRequested) return;
            WriteObject(ClientTrust.Judge(source, Cloud, DateTimeOffset.UtcNow));
        }
    }

    private IEnumerable<TrustSource> Sources() => ParameterSetName switch
    {
        PathSet => FilePaths.Resolve(this, Path).Select(TrustSource.File),
        LiteralPathSet => LiteralPath.SelectMany(path => FilePaths.ResolveLiteral(this, path)).Select(TrustSource.File),
        _ => TrustSource.OfMachine(Environment.GetEnvironmentVariable, System.IO.Path.DirectorySeparatorChar == '\\'),
    };
}
