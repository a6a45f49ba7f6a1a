using System;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace PgSecurity.Pipeline;

/// <summary>
/// Shows how many servers are done: at most four times a second, and not at all where nobody looks, since progress slows
/// some hosts and hangs others.
/// </summary>
internal sealed class AuditProgress
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Cmdlet _cmdlet;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private readonly bool _isWanted = !Automation.IsUnattended;
    private int _servers;
    private bool _isShown;

    /// <summary>Makes it for a cmdlet, on whose pipeline thread it is used.</summary>
    public AuditProgress(Cmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>One more server is done.</summary>
    public void Count(string server)
    {
        _servers++;
        if (!_isWanted || _sinceLast.Elapsed < Interval) return;
        _sinceLast.Restart();
        _isShown = true;
        _cmdlet.WriteProgress(Record(server, ProgressRecordType.Processing));
    }

    /// <summary>Takes it off the screen.</summary>
    public void End()
    {
        if (_isShown) _cmdlet.WriteProgress(Record("done", ProgressRecordType.Completed));
    }

    private ProgressRecord Record(string server, ProgressRecordType type) =>
        new(0, "Auditing servers", $"{_servers.ToString("N0", CultureInfo.CurrentCulture)} done")
        {
            CurrentOperation = server,
            RecordType = type,
        };
}
