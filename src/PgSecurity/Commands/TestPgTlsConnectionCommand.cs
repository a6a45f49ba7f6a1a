using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Database.Tls.Probing;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Commands;

/// <summary>Says what servers really do on the wire: TLS, certificates, and what they ask of a client.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PgTlsConnection", DefaultParameterSetName = HostSet)]
[OutputType(typeof(TlsReport))]
public sealed class TestPgTlsConnectionCommand : PgCmdlet
{
    private const string HostSet = "HostName";
    private const string InputObjectSet = "InputObject";

    private readonly PostureInput _input;
    private OrderedWork<TlsReport>? _work;
    private ProbeOptions _options = new();

    /// <summary>Makes the cmdlet.</summary>
    public TestPgTlsConnectionCommand() => _input = new PostureInput(path => FilePaths.Resolve(this, path));

    /// <summary>Names or addresses of servers.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = HostSet)]
    [Alias("ComputerName", "Server")]
    [ValidateNotNullOrEmpty]
    public string[] HostName { get; set; } = Array.Empty<string>();

    /// <summary>Names of hosts, or servers as Get-PgSecurityFinding takes them.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowNull]
    [AllowEmptyString]
    public PSObject? InputObject { get; set; }

    /// <summary>The port.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = TlsTargets.Port;

    /// <summary>The name that the certificate must be for, where it is not the host's.</summary>
    [Parameter]
    public string ServerName { get; set; } = "";

    /// <summary>Files with the roots to trust; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] RootCertificate { get; set; } = Array.Empty<string>();

    /// <summary>The seconds for each connection.</summary>
    [Parameter]
    [ValidateRange(1, 300)]
    public int TimeoutSeconds { get; set; } = 5;

    /// <summary>Whether nothing is downloaded: neither revocations nor certificates that the server did not send.</summary>
    [Parameter]
    public SwitchParameter SkipRevocation { get; set; }

    /// <summary>Whether no log-in is begun.</summary>
    [Parameter]
    public SwitchParameter SkipLogIn { get; set; }

    /// <summary>The role that the log-in names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string UserName { get; set; } = new ProbeOptions().UserName;

    /// <summary>The servers asked at a time.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        List<string> roots = FilePaths.Resolve(this, RootCertificate).ToList();
        if (RootCertificate.Length > 0 && roots.Count == 0)
        {
            ThrowTerminatingError(ErrorRecords.RootsUnreadable(RootCertificate[0], new FileNotFoundException("there is no such file")));
        }

        _work = new OrderedWork<TlsReport>(ThrottleLimit);
        _options = new ProbeOptions
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
            TotalTimeout = TimeSpan.FromSeconds(Math.Max(60, TimeoutSeconds * 6)),
            RootFiles = roots,
            Downloads = !SkipRevocation,
            BeginsLogIn = !SkipLogIn,
            UserName = UserName,
        };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Stoppable(() =>
    {
        foreach (string host in HostName)
        {
            Ask(host);
        }

        if (InputObject?.BaseObject is string text && TlsTargets.IsHostName(text.Trim())) Ask(text.Trim());
        else if (InputObject is not null) Ask(_input.Take(InputObject));
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Stoppable(() =>
    {
        Ask(_input.Finish());
        while (!_work!.IsEmpty)
        {
            WriteNext();
        }
    });

    private void Ask(IEnumerable<PostureReadResult> results)
    {
        foreach (PostureReadResult result in results)
        {
            if (result.Error is { } error) WriteError(ErrorRecords.InputUnreadable(error));
            if (result.Posture is not { } posture) continue;
            if (TlsTargets.Of(posture, Port) is { } target) Ask(target with { ServerName = ServerName });
            else WriteError(ErrorRecords.HostNameUnknown(posture.Id.Value));
        }
    }

    private void Ask(string host)
    {
        if (TlsTargets.IsHostName(host)) Ask(new ProbeTarget { HostName = host, Port = Port, ServerName = ServerName });
        else WriteError(ErrorRecords.ArgumentUnfit("HostNameInvalid", $"'{host}' is not the name or the address of a host.", host, "Give the name alone; the port goes to -Port."));
    }

    private void Ask(ProbeTarget target)
    {
        while (_work!.IsFull)
        {
            WriteNext();
        }

        _work.Give(() => TlsProbe.RunAsync(target, _options, Stop).GetAwaiter().GetResult(), Stop);
        while (_work.IsReady)
        {
            WriteNext();
        }
    }

    private void WriteNext()
    {
        try
        {
            WriteObject(_work!.Take(Stop));
        }
        catch (Exception cause) when (cause is FormatException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            ThrowTerminatingError(ErrorRecords.RootsUnreadable(string.Join(", ", RootCertificate), cause));
        }
    }
}
