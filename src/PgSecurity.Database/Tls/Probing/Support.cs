using PgSecurity.Database.Tls.Wire;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>What an answer to a hello says of what was offered. Silence and a broken connection say nothing.</summary>
internal static class Support
{
    /// <summary>Whether the one version offered is taken.</summary>
    public static TlsSupport Of(HelloAnswer answer, ushort version)
    {
        if (answer.IsHello) return answer.Version == version ? TlsSupport.Accepted : TlsSupport.Refused;
        return answer.Alert is { } alert && TlsAlerts.IsRefusal(alert) ? TlsSupport.Refused : TlsSupport.Unknown;
    }

    /// <summary>Whether the one group offered is taken.</summary>
    public static TlsSupport Of(HelloAnswer answer, KeyExchangeGroup group)
    {
        if (answer.IsHello) return answer.Group == 0 || answer.Group == group.Number ? TlsSupport.Accepted : TlsSupport.Unknown;
        return answer.Alert is { } alert && TlsAlerts.IsRefusal(alert) ? TlsSupport.Refused : TlsSupport.Unknown;
    }
}
