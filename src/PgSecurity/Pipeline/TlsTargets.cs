using System;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Tls.Probing;

namespace PgSecurity.Pipeline;

/// <summary>Where a server answers.</summary>
internal static class TlsTargets
{
    /// <summary>PostgreSQL's port.</summary>
    public const int Port = 5432;

    /// <summary>The server of a posture; null where its name is not known.</summary>
    public static ProbeTarget? Of(Posture posture, int port)
    {
        string? host = HostName(posture);
        return host is null ? null : new ProbeTarget { HostName = host, Port = PortOf(posture, port), ResourceId = posture.Id.IsHost ? "" : posture.Id.Value };
    }

    /// <summary>Whether a text is the name or the address of a host.</summary>
    public static bool IsHostName(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private static string? HostName(Posture posture)
    {
        if (posture.Id.IsHost) return posture.Id.Name.Substring(0, posture.Id.Name.LastIndexOf(':')).Trim('[', ']');
        return posture.Server.Body.ValueKind == JsonValueKind.Object
            && posture.Server.TryGetMember(posture.Server.Body, "", "properties", out JsonElement properties)
            && posture.Server.TryGetMember(properties, "properties", "fullyQualifiedDomainName", out JsonElement name)
            && name.ValueKind == JsonValueKind.String && IsHostName(name.GetString()!)
            ? name.GetString()
            : null;
    }

    private static int PortOf(Posture posture, int port) =>
        posture.Id.IsHost && int.TryParse(posture.Id.Name.Substring(posture.Id.Name.LastIndexOf(':') + 1), out int own) ? own : port;
}
