namespace PgSecurity.Database.Tls.Wire;

/// <summary>The alerts with which servers refuse a hello (RFC 8446, section 6).</summary>
internal static class TlsAlerts
{
    public const byte HandshakeFailure = 40;
    public const byte IllegalParameter = 47;
    public const byte ProtocolVersion = 70;
    public const byte InsufficientSecurity = 71;
    public const byte InappropriateFallback = 86;
    public const byte NoApplicationProtocol = 120;

    /// <summary>The name.</summary>
    public static string Name(byte alert) => alert switch
    {
        0 => "close_notify",
        10 => "unexpected_message",
        HandshakeFailure => "handshake_failure",
        IllegalParameter => "illegal_parameter",
        50 => "decode_error",
        ProtocolVersion => "protocol_version",
        InsufficientSecurity => "insufficient_security",
        80 => "internal_error",
        InappropriateFallback => "inappropriate_fallback",
        109 => "missing_extension",
        112 => "unrecognized_name",
        NoApplicationProtocol => "no_application_protocol",
        _ => "unnamed",
    };

    /// <summary>
    /// Whether an alert says that what was offered is not taken. Others, such as internal_error or unrecognized_name, say
    /// something about the server and nothing about the offer.
    /// </summary>
    public static bool IsRefusal(byte alert) => alert is HandshakeFailure or IllegalParameter or ProtocolVersion or InsufficientSecurity;
}
