using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Drift;

/// <summary>What came of looking once more for a server that the second look did not bring: it is there, it is gone, or neither can be told.</summary>
public sealed class SecondLook
{
    private SecondLook(Posture? posture, DateTimeOffset? goneAt, string reason)
    {
        Posture = posture;
        GoneAt = goneAt;
        Reason = reason;
    }

    /// <summary>The server as it is now; null where it is not seen.</summary>
    public Posture? Posture { get; }

    /// <summary>When it was seen that it is gone; null where that is not proved.</summary>
    public DateTimeOffset? GoneAt { get; }

    /// <summary>Why it cannot be told; empty where it can.</summary>
    public string Reason { get; }

    /// <summary>The server is there.</summary>
    public static SecondLook Of(Posture posture) => new(posture, null, "");

    /// <summary>The server is gone: what was asked says that there is none.</summary>
    public static SecondLook Gone(DateTimeOffset at) => new(null, at, "");

    /// <summary>It cannot be told whether the server is there.</summary>
    public static SecondLook Unknown(string reason) => new(null, null, reason);
}
