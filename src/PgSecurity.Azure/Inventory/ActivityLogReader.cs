using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Drift.Activities;

namespace PgSecurity.Azure.Inventory;

/// <summary>
/// Reads the activity log of subscriptions: one listing a span, of which only who, what and when is asked for. What cannot
/// be read is told with the log.
/// </summary>
public sealed class ActivityLogReader
{
    private const int SpansAtOnce = 4;

    // Some hundred thousand events: a log that is longer is read from its newest end.
    private const int MostPages = 1_000;

    private readonly AzureSession _session;
    private readonly CancellationToken _stop;

    /// <summary>Makes a reader.</summary>
    /// <param name="session">The connection.</param>
    /// <param name="stop">Ends every wait.</param>
    public ActivityLogReader(AzureSession session, CancellationToken stop)
    {
        _session = session;
        _stop = stop;
    }

    /// <summary>The service's time, by which it judges how far back may be asked.</summary>
    public DateTimeOffset UtcNow => _session.Arm.Clock.UtcNow;

    /// <summary>Reads spans.</summary>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<ActivityLog> ReadAsync(IReadOnlyList<ActivitySpan> spans)
    {
        using SemaphoreSlim places = new(SpansAtOnce);
        (List<ActivityEvent> Events, string? Gap)[] read = await Task.WhenAll(spans.Select(async span =>
        {
            await places.WaitAsync(_stop).ConfigureAwait(false);
            try
            {
                return await ReadAsync(span).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        })).ConfigureAwait(false);

        ActivityLog log = new();
        for (int at = 0; at < spans.Count; at++)
        {
            log.Add(spans[at], read[at].Events, read[at].Gap);
        }

        return log;
    }

    private async Task<(List<ActivityEvent> Events, string? Gap)> ReadAsync(ActivitySpan span)
    {
        List<ActivityEvent> events = new();
        try
        {
            ArmFault? fault = await _session.Arm.ReadPagesAsync(
                PathOf(span),
                item =>
                {
                    if (ActivityEvent.Read(item) is ActivityEvent one) events.Add(one);
                },
                MostPages,
                _stop).ConfigureAwait(false);
            return (events, fault is null ? null : fault.Kind == ArmFaultKind.Malformed ? fault.Message : fault.Reason);
        }
        catch (ArmException error)
        {
            return (events, error.Fault.Reason);
        }
    }

    private static string PathOf(ActivitySpan span)
    {
        string filter = $"eventTimestamp ge '{Time(span.From)}' and eventTimestamp le '{Time(span.To)}'";
        if (span.ResourceGroupName is not null) filter += $" and resourceGroupName eq '{span.ResourceGroupName}'";
        return $"/subscriptions/{span.SubscriptionId}/providers/Microsoft.Insights/eventtypes/management/values"
            + $"?$filter={Uri.EscapeDataString(filter)}&$select={ActivityEvent.Members}";
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
