using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// A long-running operation, in either of ARM's styles: an address of its status (<c>Azure-AsyncOperation</c>) or of its
/// result (<c>Location</c>). The addresses are signed: they are polled byte for byte.
/// </summary>
internal sealed class ArmOperation
{
    // The status of an operation may be there a moment after the operation, and the service may fail now and then.
    private const int MostMissing = 3;
    private const int MostFailures = 5;

    // A service that says "Retry-After: 0" is taken at its word this many times.
    private const int MostHastyPolls = 200;
    private readonly ArmClient _client;
    private readonly string _method;
    private readonly string _path;
    private readonly string _address;
    private readonly bool _hasStatus;
    private TimeSpan? _retryAfter;

    private ArmOperation(ArmClient client, string method, string path, string address, bool hasStatus, TimeSpan? retryAfter)
    {
        _client = client;
        _method = method;
        _path = ArmClient.PathOf(path);
        _address = address;
        _hasStatus = hasStatus;
        _retryAfter = retryAfter;
    }

    /// <summary>The last segment of its address.</summary>
    internal string Id => ResourceId.NameOf(ArmClient.PathOf(_address));

    /// <summary>How many polls were made.</summary>
    internal int Polls { get; private set; }

    /// <summary>The operation that an answer tells of; null where the write is done.</summary>
    internal static ArmOperation? Of(ArmClient client, string method, string path, ArmReply first)
    {
        TimeSpan? retryAfter = ArmHeaders.RetryAfter(first.Response, client.Clock.UtcNow);
        if (first.Status is 200 or 201 or 202 && first.Header("Azure-AsyncOperation") is string status)
        {
            return new ArmOperation(client, method, path, Checked(client, method, path, status, first), hasStatus: true, retryAfter);
        }

        if (first.Status == 202 && first.Header("Location") is string location)
        {
            return new ArmOperation(client, method, path, Checked(client, method, path, location, first), hasStatus: false, retryAfter);
        }

        return null;
    }

    /// <summary>Polls until the operation has ended, and gives the last body.</summary>
    /// <exception cref="ArmException">It failed, was canceled, was lost sight of or did not end in time.</exception>
    internal async Task<JsonElement> FollowAsync(CancellationToken stop)
    {
        DateTimeOffset deadline = _client.Clock.UtcNow + _client.Options.OperationTimeout;
        int missing = 0;
        int failures = 0;
        while (true)
        {
            await PauseAsync(stop).ConfigureAwait(false);
            if (_client.Clock.UtcNow > deadline) throw LostSight(ArmFaultKind.Timeout, "The operation has not ended in time");

            ArmReply reply;
            try
            {
                Polls++;
                reply = await _client.ReadAsync(_address, stop).ConfigureAwait(false);
            }
            catch (ArmException error) when (error.Fault.Kind == ArmFaultKind.NotFound)
            {
                _retryAfter = null;
                if (await IsGoneAsync(stop).ConfigureAwait(false)) return default;
                if (++missing > MostMissing) throw LostSight(error.Fault.Kind, "The operation is not known any more", error);
                continue;
            }
            catch (ArmException error) when (error.Fault.Retry == ArmRetry.Transient && ++failures <= MostFailures)
            {
                _retryAfter = error.Fault.RetryAfter;
                continue;
            }
            catch (ArmException error)
            {
                throw LostSight(error.Fault.Kind, "The operation could not be followed: " + error.Fault.Message, error);
            }

            failures = 0;
            _retryAfter = ArmHeaders.RetryAfter(reply.Response, _client.Clock.UtcNow);
            if (HasEnded(reply)) return reply.Body;
        }
    }

    private bool HasEnded(ArmReply reply)
    {
        if (!_hasStatus && reply.Status == 202) return false;
        string? status = StatusOf(reply.Body);
        if (status is null) return !_hasStatus || reply.Status is 200 or 204;
        if (Same(status, "Succeeded")) return true;
        bool isCanceled = Same(status, "Canceled") || Same(status, "Cancelled");
        if (isCanceled || Same(status, "Failed"))
        {
            ArmFault fault = ArmFaults.FromOperation(_method, _path, reply.Response, reply.Body, isCanceled);
            throw new ArmException(fault);
        }

        // A body of a Location poll is the resource, whose own "status" would be something else.
        return !_hasStatus;
    }

    private static string? StatusOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("status", out JsonElement status) && status.ValueKind == JsonValueKind.String
            ? status.GetString()
            : null;

    private async Task PauseAsync(CancellationToken stop)
    {
        TimeSpan pause = _retryAfter ?? (Polls == 0 ? _client.Options.RetryDelay : _client.Options.PollDelay);
        if (pause > _client.Options.LongestPause) pause = _client.Options.LongestPause;
        if (pause == TimeSpan.Zero && Polls > MostHastyPolls) pause = _client.Options.RetryDelay;
        await _client.Clock.DelayAsync(pause, stop).ConfigureAwait(false);
    }

    // After a DELETE the operation may vanish with its resource.
    private async Task<bool> IsGoneAsync(CancellationToken stop)
    {
        if (_method != "DELETE") return false;
        try
        {
            return await _client.FindAsync(_path, stop).ConfigureAwait(false) is null;
        }
        catch (ArmException)
        {
            return false;
        }
    }

    private ArmException LostSight(ArmFaultKind kind, string message, ArmException? cause = null) =>
        new(
            new ArmFault(kind, _method, _path, message)
            {
                Status = cause?.Fault.Status ?? 0,
                Code = cause?.Fault.Code ?? string.Empty,
                MissingAction = cause?.Fault.MissingAction,
                RequestId = cause?.Fault.RequestId,
                CorrelationId = _client.CorrelationId,
                Retry = ArmRetry.NotNow,
                MayHaveTakenEffect = true,
                IsUnderWay = true,
            },
            cause);

    private static string Checked(ArmClient client, string method, string path, string address, ArmReply first)
    {
        if (address.Length > 0 && address[0] == '/') return client.Endpoint.Of(address);
        if (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && client.Endpoint.Owns(uri)) return address;
        throw new ArmException(ArmFaults.Malformed(
            method,
            ArmClient.PathOf(path),
            first.Response,
            "The operation's address is not at the endpoint, and the token goes nowhere else"));
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
