using System;
using System.Collections.Generic;
using System.Globalization;

namespace PgSecurity.Sandbox.Throttling;

/// <summary>Counts requests against the buckets, one set a subscription, and writes the headers that tell of them.</summary>
internal sealed class Throttle
{
    private const string Prefix = "x-ms-ratelimit-remaining-";
    private readonly ThrottleLimits _limits;
    private readonly Dictionary<string, TokenBucket> _buckets = new(StringComparer.OrdinalIgnoreCase);

    internal Throttle(ThrottleLimits limits) => _limits = limits;

    /// <summary>Lets a request through and gives null, or gives the refusal.</summary>
    internal SandboxResponse? Take(string method, string? subscription, bool isQuery, DateTimeOffset now)
    {
        string kind = KindOf(method, isQuery);
        if (BucketOf(subscription, kind, now).TryTake(now, out TimeSpan wait)) return null;

        int seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        SandboxResponse refusal = isQuery
            ? Reply.Error(429, "RateLimiting", "Please provide below info when asking for support: the request has been throttled.")
            : Reply.Error(
                429,
                "SubscriptionRequestsThrottled",
                $"Number of {kind} requests for subscription '{subscription}' actor '' exceeded. Please try again after "
                + $"'{seconds.ToString(CultureInfo.InvariantCulture)}' seconds after additional tokens are available. "
                + "Refer to https://aka.ms/arm-throttling for additional information.");
        refusal.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
        return refusal;
    }

    /// <summary>Writes what is left into the headers.</summary>
    internal void Stamp(string method, string? subscription, bool isQuery, SandboxResponse response)
    {
        string kind = KindOf(method, isQuery);
        if (_buckets.TryGetValue(subscription + "/" + kind, out TokenBucket? bucket))
        {
            Stamp(response, kind, subscription is not null, bucket.Remaining);
        }
    }

    private static string KindOf(string method, bool isQuery) => isQuery ? "queries" : method switch
    {
        "GET" or "HEAD" => "reads",
        "DELETE" => "deletes",
        _ => "writes",
    };

    private TokenBucket BucketOf(string? subscription, string kind, DateTimeOffset now)
    {
        string key = subscription + "/" + kind;
        if (!_buckets.TryGetValue(key, out TokenBucket? bucket))
        {
            bucket = new TokenBucket(LimitsOf(kind), now);
            _buckets[key] = bucket;
        }

        return bucket;
    }

    private Bucket LimitsOf(string kind) => kind switch
    {
        "reads" => _limits.Reads,
        "writes" => _limits.Writes,
        "deletes" => _limits.Deletes,
        _ => _limits.Queries,
    };

    private static void Stamp(SandboxResponse response, string kind, bool inSubscription, int remaining)
    {
        string left = remaining.ToString(CultureInfo.InvariantCulture);
        if (kind == "queries")
        {
            response.Headers[Prefix + "tenant-resource-requests"] = left;
            response.Headers["x-ms-user-quota-remaining"] = left;
            response.Headers["x-ms-user-quota-resets-after"] = "00:00:05";
        }
        else if (!inSubscription)
        {
            response.Headers[Prefix + "tenant-" + kind] = left;
        }
        else
        {
            response.Headers[Prefix + "subscription-global-" + kind] = left;
            if (kind != "reads") response.Headers[Prefix + "subscription-" + kind] = left;
        }
    }
}
