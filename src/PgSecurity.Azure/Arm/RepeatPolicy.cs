using System;
using System.Threading.Tasks;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// Makes a request again where that is safe: a read after any passing failure; a write only where it surely had no
/// effect (429). Whether a write is repeated otherwise is for whoever reads back what it did.
/// </summary>
internal sealed class RepeatPolicy : HttpPipelinePolicy
{
    private readonly ArmClientOptions _options;

    internal RepeatPolicy(ArmClientOptions options) => _options = options;

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        bool isRead = IsRead(message.Request);
        for (int attempt = 1; ; attempt++)
        {
            bool isLast = attempt >= _options.Attempts;
            TimeSpan pause = TimeSpan.FromTicks(_options.RetryDelay.Ticks << Math.Min(attempt - 1, 10));
            try
            {
                await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
                if (isLast || !IsPassing(message.Response.Status, isRead)) return;
                TimeSpan? asked = ArmHeaders.RetryAfter(message.Response, _options.Clock.UtcNow);
                if (asked > _options.LongestPause) return;
                // The governor waits after a 429, and lets the others of the subscription wait as well.
                pause = message.Response.Status == 429 ? TimeSpan.Zero : asked ?? pause;
                message.Response.Dispose();
            }
            catch (Exception error) when (!isLast
                && isRead
                && ArmFaults.IsTransportError(error)
                && !message.CancellationToken.IsCancellationRequested
                && ArmFaults.FromException("GET", string.Empty, error, null).Kind != ArmFaultKind.Tls)
            {
                // Falls through to the pause.
            }

            await _options.Clock.DelayAsync(pause, message.CancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Requests are made asynchronously.");

    // Two questions are too long for an address, and are asked by POST.
    private static bool IsRead(Request request) =>
        request.Method == RequestMethod.Get
        || request.Method == RequestMethod.Head
        || request.Uri.Path.EndsWith("/Microsoft.ResourceGraph/resources", StringComparison.OrdinalIgnoreCase)
        || request.Uri.Path.EndsWith("/directoryObjects/getByIds", StringComparison.OrdinalIgnoreCase);

    private static bool IsPassing(int status, bool isRead) =>
        status == 429 || (isRead && status is 408 or 500 or 502 or 503 or 504);
}
