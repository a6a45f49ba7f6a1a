using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using Npgsql;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>
/// A private PostgreSQL on a free port of the loopback, with TLS 1.2 or later only, run by an unprivileged user (PostgreSQL
/// refuses root). It has the roles of a flexible server, a database with a flaw for every check, and a hardened one.
/// </summary>
public sealed class LabCluster : IAsyncDisposable
{
    /// <summary>The lab's superuser: what <c>azuresu</c> is on Azure. Passwords are made up for each cluster.</summary>
    public const string Superuser = "labsuper";

    public const string Administrator = "labadmin";

    /// <summary>A role with no more than <c>pg_monitor</c> and CONNECT.</summary>
    public const string Auditor = "labauditor";

    public const string Flawed = "app_dirty";

    public const string Hardened = "app_clean";

    /// <summary>A role that may log in without TLS, where a lab has it.</summary>
    public const string Plain = "flaw_plain";

    private const string Unprivileged = "postgres";

    private readonly PostgresInstallation _installation;
    private readonly string _directory;

    private LabCluster(PostgresInstallation installation, string directory, int port, string password)
    {
        _installation = installation;
        _directory = directory;
        Port = port;
        Password = password;
    }

    public int Port { get; }

    /// <summary>The password of every role of the lab; planted, and looked for in all output.</summary>
    public string Password { get; }

    /// <summary>The folder of the lab: the server's data, log and certificates.</summary>
    public string Folder => _directory;

    public string RootCertificates => Path.Combine(_directory, "root.crt");

    private string Data => Path.Combine(_directory, "data");

    /// <summary>Starts a cluster and fills it.</summary>
    public static async Task<LabCluster> StartAsync(PostgresInstallation installation)
    {
        string[] audit = installation.Offers("pgaudit") ? ["shared_preload_libraries = 'pgaudit'", "pgaudit.log = 'ddl,role,write'"] : [];
        return await StartAsync(installation, audit, cluster => cluster.FillAsync());
    }

    /// <summary>Starts a cluster with settings of its own and fills it.</summary>
    public static async Task<LabCluster> StartAsync(PostgresInstallation installation, IReadOnlyList<string> settings, Func<LabCluster, Task> fill)
    {
        LabCluster cluster = await StartEmptyAsync(installation, settings);
        try
        {
            await fill(cluster);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a cluster that has nothing but its superuser.</summary>
    public static async Task<LabCluster> StartEmptyAsync(PostgresInstallation installation, IReadOnlyList<string>? settings = null)
    {
        string directory = Path.Combine(Path.GetTempPath(), "pgsecurity-lab-" + Guid.NewGuid().ToString("N")[..12]);
        Directory.CreateDirectory(directory);
        LabCluster cluster = new(installation, directory, FreePort(), "Lab-" + Guid.NewGuid().ToString("N")[..16]);
        try
        {
            LabCertificates.Write(directory);
            await File.WriteAllTextAsync(Path.Combine(directory, "password"), cluster.Password);
            if (IsRoot) await RunAsync("chown", "-R", Unprivileged, directory);
            await cluster.RunAsUserAsync(
                "initdb", "-D", cluster.Data, "-U", Superuser, "--auth-local=trust", "--auth-host=scram-sha-256",
                "--pwfile=" + Path.Combine(directory, "password"), "-E", "UTF8", "--locale=C", "--no-sync");
            await cluster.ConfigureAsync(settings ?? []);
            await cluster.RunAsUserAsync("pg_ctl", "-D", cluster.Data, "-l", Path.Combine(directory, "server.log"), "-w", "start");
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A login to the cluster.</summary>
    public DatabaseTarget Target(string role = Auditor) => new()
    {
        Host = "127.0.0.1",
        Port = Port,
        UserName = role,
        Password = _ => Task.FromResult(Password),
        RootCertificates = RootCertificates,
    };

    /// <summary>Runs SQL as the superuser, outside the module's own session.</summary>
    public async Task RunSqlAsync(string database, string sql, string role = Superuser)
    {
        await using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Port, Username = role, Password = Password, Database = database,
            SslMode = SslMode.VerifyFull, RootCertificate = RootCertificates, Pooling = false, IncludeErrorDetail = true,
        }.ConnectionString);
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection) { AllResultTypesAreUnknown = true };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            try
            {
                await RunAsUserAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
            }
            catch (InvalidOperationException)
            {
                // It has ended by itself; what follows removes what is left.
            }
        }

        if (Directory.Exists(_directory)) Directory.Delete(_directory, true);
    }

    private async Task FillAsync()
    {
        await RunSqlAsync("postgres", LabSql.Read("roles", Password));
        await RunSqlAsync("postgres", "create database app_dirty owner labadmin");
        await RunSqlAsync("postgres", "create database app_clean owner labowner");
        await RunSqlAsync("postgres", LabSql.Read("server-flaws", Password));
        await RunSqlAsync("postgres", "select pg_create_logical_replication_slot('flaw_slot', 'pgoutput')");
        await RunSqlAsync(Flawed, LabSql.Read("flawed", Password));
        await RunSqlAsync(Hardened, LabSql.Read("hardened", Password));
        if (_installation.Offers("pgaudit")) await RunSqlAsync(Hardened, LabSql.Read("pgaudit", Password));
    }

    private async Task ConfigureAsync(IReadOnlyList<string> settings)
    {
        await File.AppendAllLinesAsync(Path.Combine(Data, "postgresql.conf"), [
            "listen_addresses = '127.0.0.1'",
            $"port = {Port}",
            $"unix_socket_directories = '{_directory}'",
            "ssl = on",
            $"ssl_cert_file = '{Path.Combine(_directory, "server.crt")}'",
            $"ssl_key_file = '{Path.Combine(_directory, "server.key")}'",
            "ssl_min_protocol_version = 'TLSv1.2'",
            "password_encryption = 'scram-sha-256'",
            "wal_level = logical",
            "fsync = off",
            .. settings,
        ]);
        await File.WriteAllLinesAsync(Path.Combine(Data, "pg_hba.conf"), [
            "local all all trust", $"hostnossl all {Plain} 127.0.0.1/32 md5", "hostnossl all all 127.0.0.1/32 reject", "hostssl all all 127.0.0.1/32 md5",
        ]);
    }

    private Task RunAsUserAsync(string program, params string[] arguments) => IsRoot
        ? RunAsync("runuser", ["-u", Unprivileged, "--", _installation.Program(program), .. arguments])
        : RunAsync(_installation.Program(program), arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        // The server inherits what pg_ctl has: a pipe would never end, so output goes nowhere and errors to the server's log.
        ProcessStartInfo start = new(program, arguments) { UseShellExecute = false, WorkingDirectory = "/" };
        bool isStart = arguments.Contains("start");
        start.RedirectStandardOutput = start.RedirectStandardError = !isStart;
        using Process process = Process.Start(start)!;
        string output = isStart ? "" : await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments.Take(4))} ended with {process.ExitCode}: {output}");
        }
    }

    private static bool IsRoot => Environment.UserName == "root";

    private static int FreePort()
    {
        TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}
