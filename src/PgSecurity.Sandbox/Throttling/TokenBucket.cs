using System;

namespace PgSecurity.Sandbox.Throttling;

/// <summary>One bucket at work. Used under the sandbox's lock.</summary>
internal sealed class TokenBucket
{
    private readonly Bucket _limits;
    private double _tokens;
    private DateTimeOffset _at;

    internal TokenBucket(Bucket limits, DateTimeOffset now)
    {
        _limits = limits;
        _tokens = limits.Size;
        _at = now;
    }

    /// <summary>How many requests are left.</summary>
    internal int Remaining => (int)_tokens;

    /// <summary>Takes one request out, or says how long to wait for the next.</summary>
    internal bool TryTake(DateTimeOffset now, out TimeSpan wait)
    {
        if (now > _at)
        {
            _tokens = Math.Min(_limits.Size, _tokens + ((now - _at).TotalSeconds * _limits.PerSecond));
            _at = now;
        }

        wait = TimeSpan.Zero;
        if (_tokens < 1)
        {
            wait = TimeSpan.FromSeconds((1 - _tokens) / _limits.PerSecond);
            return false;
        }

        _tokens--;
        return true;
    }
}
