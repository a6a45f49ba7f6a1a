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
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private int _servers;
    private bool _isShown;

    /// <summary>Makes it for a cmdlet, on whose pipeline thread it is used.</summary>
    public AuditProgress(Cmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>How many servers are known so far; 0 where that is not known before the end.</summary>
    public int Known { get; set; }

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
        new(0, "Auditing servers", Status())
        {
            CurrentOperation = server,
            RecordType = type,
            PercentComplete = Known > 0 ? Math.Min(100, _servers * 100 / Known) : -1,
        };

    private string Status()
    {
        string done = _servers.ToString("N0", CultureInfo.CurrentCulture);
        if (Known == 0) return done + " done";
        double rate = _servers / Math.Max(_sinceStart.Elapsed.TotalSeconds, 0.001);
        return $"{done} of {Known.ToString("N0", CultureInfo.CurrentCulture)} done, {rate.ToString("N1", CultureInfo.CurrentCulture)} a second";
    }
}
