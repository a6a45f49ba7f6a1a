using System;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>The time that a posture is judged at.</summary>
internal static class AsOf
{
    /// <summary>
    /// When it was collected; now where that is not known, since what is asked of keys and versions (has it ended?) is
    /// asked of today. Not for ages of things that come and go, such as backups: their newest may have come since.
    /// </summary>
    public static DateTimeOffset Of(Posture posture) => posture.CollectedAt ?? DateTimeOffset.UtcNow;
}
