using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using PgSecurity.Database.Tests.Lab;

namespace PgSecurity.Database.Tests.Tls.Lab;

/// <summary>
/// A real PostgreSQL on a loopback port of its own, restarted with other settings as the tests want them. That there is
/// none on the machine fails the tests: a TLS probe that was tried on nothing is not tested.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-tls-").FullName;
    private readonly string _bin;
    private bool _isRunning;

    public PostgresServer()
    {
        _bin = PostgresInstallation.System().Bin;
        if (Environment.UserName == "root") Run("chown", "postgres", _folder);
        RunAsServer(Path.Combine(_bin, "initdb"), "-D", Data, "-U", "lab", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync");
        using TcpListener free = new(IPAddress.Loopback, 0);
        free.Start();
        Port = ((IPEndPoint)free.LocalEndpoint).Port;
    }

    public int Port { get; }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts it anew.</summary>
    /// <param name="files">Its certificates; null for a server without TLS.</param>
    /// <param name="settings">Lines of its configuration.</param>
    /// <param name="rules">Lines of <c>pg_hba.conf</c>; by default a client must use TLS and SCRAM.</param>
    internal void Restart(ServerFiles? files, string settings = "", string? rules = null)
    {
        if (_isRunning) RunAsServer(Path.Combine(_bin, "pg_ctl"), "-D", Data, "-w", "-m", "immediate", "stop");
        _isRunning = false;
        Write("postgresql.conf", $"""
            listen_addresses = '127.0.0.1'
            port = {Port}
            unix_socket_directories = ''
            fsync = off
            shared_buffers = 4MB
            max_connections = 40
            ssl = {(files is null ? "off" : "on")}
            {settings}
            """);
        Write("pg_hba.conf", rules ?? "hostssl all all 127.0.0.1/32 scram-sha-256\nhostnossl all all 127.0.0.1/32 reject\n");
        if (files is not null)
        {
            Write("server.crt", files.Chain);
            Write("server.key", files.Key);
        }

        RunAsServer(Path.Combine(_bin, "pg_ctl"), "-D", Data, "-w", "-l", Path.Combine(_folder, "log"), "start");
        _isRunning = true;
    }

    public void Dispose()
    {
        if (_isRunning) RunAsServer(Path.Combine(_bin, "pg_ctl"), "-D", Data, "-w", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(Data, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        if (Environment.UserName == "root") Run("chown", "postgres", path);
    }

    private void RunAsServer(string program, params string[] arguments)
    {
        if (Environment.UserName == "root") Run("runuser", ["-u", "postgres", "--", program, .. arguments]);
        else Run(program, arguments);
    }

    private void Run(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = _folder };
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;

        // A server that is started keeps the pipes open: what it says is in its log.
        bool isStart = arguments.Contains("start");
        string said = isStart ? "" : process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        if (!process.WaitForExit(60_000)) throw new TimeoutException($"{program} does not end.");
        if (process.ExitCode == 0) return;
        string log = Path.Combine(_folder, "log");
        throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {said}{(File.Exists(log) ? File.ReadAllText(log) : "")}");
    }
}
