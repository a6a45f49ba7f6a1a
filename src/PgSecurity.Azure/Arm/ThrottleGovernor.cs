using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// Keeps each subscription within what ARM grants it: a lane a subscription, one for the tenant, one for Resource Graph.
/// A pause of one does not hold up the others.
/// </summary>
internal sealed class ThrottleGovernor : HttpPipelinePolicy
{
    private const string RemainingPrefix = "x-ms-ratelimit-remaining-";
    private readonly ConcurrentDictionary<string, SubscriptionLane> _lanes = new(StringComparer.OrdinalIgnoreCase);
    private readonly ArmClientOptions _options;

    internal ThrottleGovernor(ArmClientOptions options) => _options = options;

    /// <summary>The lane of a path.</summary>
    internal SubscriptionLane LaneOf(string path) =>
        _lanes.GetOrAdd(LaneName(path), _ => new SubscriptionLane(_options.Clock, _options.RequestsPerSubscription));

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        SubscriptionLane lane = LaneOf(message.Request.Uri.Path);
        await lane.EnterAsync(message.CancellationToken).ConfigureAwait(false);
        try
        {
            await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
            if (message.HasResponse) Note(lane, message.Response);
        }
        finally
        {
            lane.Leave();
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are made asynchronously.");

    private static string LaneName(string path)
    {
        if (path.IndexOf("/Microsoft.ResourceGraph/", StringComparison.OrdinalIgnoreCase) >= 0) return "graph";
        return Core.Postures.ResourceId.SubscriptionOf(path.Length > 0 && path[0] == '/' ? path : "/" + path) ?? "tenant";
    }

    private void Note(SubscriptionLane lane, Response response)
    {
        if (response.Status == 429)
        {
            lane.PauseFor(Shorter(ArmHeaders.RetryAfter(response, _options.Clock.UtcNow) ?? _options.RetryDelay));
            return;
        }

        long? remaining = null;
        foreach (HttpHeader header in response.Headers)
        {
            if (header.Name.StartsWith(RemainingPrefix, StringComparison.OrdinalIgnoreCase)
                && long.TryParse(header.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long count)
                && (remaining is null || count < remaining))
            {
                remaining = count;
            }
        }

        if (remaining is long left) lane.NoteRemaining(left);
        else if (response.Status < 400) lane.NoteSuccess();
        if (QueryQuotaIsUsedUp(response, out TimeSpan resets)) lane.PauseFor(Shorter(resets));
    }

    // Resource Graph counts queries in short windows and says when the next one opens.
    private static bool QueryQuotaIsUsedUp(Response response, out TimeSpan resets)
    {
        resets = TimeSpan.Zero;
        return ArmHeaders.Text(response, "x-ms-user-quota-remaining") == "0"
            && TimeSpan.TryParse(ArmHeaders.Text(response, "x-ms-user-quota-resets-after"), CultureInfo.InvariantCulture, out resets);
    }

    private TimeSpan Shorter(TimeSpan pause) => pause < _options.LongestPause ? pause : _options.LongestPause;
}
