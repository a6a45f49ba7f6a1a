using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Database.Sql;

/// <summary>Where the databases of a server are reached: its host name, which an id in ARM does not say. Safe for many threads.</summary>
public sealed class ServerHosts
{
    /// <summary>Said where a database is meant and no login to it was given.</summary>
    internal const string NoLogin = "No login to the server's databases was given: add -Credential, or -UserName for the connection's own identity.";

    private readonly IResourceService? _service;
    private readonly DatabaseLogin _login;
    private readonly ConcurrentDictionary<string, DatabaseTarget> _known = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes it.</summary>
    /// <param name="service">What reads servers of ARM; null where only servers outside it are meant.</param>
    /// <param name="login">The login.</param>
    public ServerHosts(IResourceService? service, DatabaseLogin login)
    {
        _service = service;
        _login = login;
    }

    /// <summary>The login at a server.</summary>
    /// <exception cref="ServiceFault">Its host name cannot be told.</exception>
    public async Task<DatabaseTarget> FindAsync(ServerId server, CancellationToken stop)
    {
        if (_known.TryGetValue(server.Value, out DatabaseTarget? known)) return known;
        return _known[server.Value] = server.IsHost ? OfHost(server) : _login.At(await HostAsync(server, stop).ConfigureAwait(false), _login.Port);
    }

    private DatabaseTarget OfHost(ServerId server)
    {
        int colon = server.Name.LastIndexOf(':');
        return colon > 0 && int.TryParse(server.Name.Substring(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? _login.At(server.Name.Substring(0, colon), port)
            : _login.At(server.Name, _login.Port);
    }

    private async Task<string> HostAsync(ServerId server, CancellationToken stop)
    {
        JsonElement? body = _service is null ? null : await _service.FindAsync(server.Value, stop).ConfigureAwait(false);
        return body is JsonElement found && found.TryGetProperty("properties", out JsonElement properties)
            && properties.TryGetProperty("fullyQualifiedDomainName", out JsonElement name) && name.ValueKind == JsonValueKind.String && name.GetString()!.Length > 0
                ? name.GetString()!
                : throw new ServiceFault("", $"The host name of {server.Name} is not known.", RetryClass.Never);
    }
}
