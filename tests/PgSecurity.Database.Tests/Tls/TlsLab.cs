using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Tls.Lab;
using PgSecurity.Database.Tls.Probing;

namespace PgSecurity.Database.Tests.Tls;

/// <summary>A PostgreSQL, an authority with what it publishes, and another authority that nobody trusts.</summary>
public sealed class TlsLab : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-pki-").FullName;
    private readonly Publisher _publisher = new();

    public TlsLab()
    {
        Ours = new TestAuthority("Lab", _publisher.Address);
        Others = new TestAuthority("Other", _publisher.Address);
        _publisher.Answer = (path, body) => Ours.Answer(path, body);
        RootFile = Write("root.pem", Ours.RootPem);
    }

    public PostgresServer Server { get; } = new();

    internal TestAuthority Ours { get; }

    internal TestAuthority Others { get; }

    /// <summary>The file of the root that is trusted.</summary>
    public string RootFile { get; }

    public string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Restarts the server with a certificate and asks it.</summary>
    internal Task<TlsReport> ProbeAsync(ServerFiles? files, string settings = "", string? rules = null, string name = "localhost", Func<ProbeOptions, ProbeOptions>? how = null)
    {
        Server.Restart(files, settings, rules);
        return ProbeAsync(Server.Port, name, how);
    }

    /// <summary>Asks a port of loopback.</summary>
    internal Task<TlsReport> ProbeAsync(int port, string name = "localhost", Func<ProbeOptions, ProbeOptions>? how = null)
    {
        ProbeOptions options = new() { RootFiles = [RootFile] };
        return TlsProbe.RunAsync(
            new ProbeTarget { HostName = "127.0.0.1", Port = port, ServerName = name }, how is null ? options : how(options), CancellationToken.None);
    }

    public void Dispose()
    {
        Server.Dispose();
        _publisher.Dispose();
        Ours.Dispose();
        Others.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
