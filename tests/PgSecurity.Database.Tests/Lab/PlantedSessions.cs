using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>Sessions as no client should have them, held open: one without TLS, one with an old version of it, and replication without it.</summary>
public sealed class PlantedSessions : IAsyncDisposable
{
    private readonly List<Process> _clients = [];

    public static async Task<PlantedSessions> OpenAsync(LabCluster cluster)
    {
        PlantedSessions sessions = new();
        string server = $"host=127.0.0.1 port={cluster.Port} dbname=postgres user={LabCluster.Plain}";
        sessions.Start(cluster, server + " sslmode=disable");
        sessions.Start(cluster, server + " sslmode=require ssl_max_protocol_version=TLSv1.2");
        sessions.Start(cluster, server + " sslmode=disable replication=database");
        await sessions.WaitAsync(cluster);
        return sessions;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Process client in _clients)
        {
            client.StandardInput.Close();
            await client.WaitForExitAsync();
            client.Dispose();
        }
    }

    /// <summary>psql waits for its input, and its session with it.</summary>
    private void Start(LabCluster cluster, string server)
    {
        ProcessStartInfo start = new(PostgresInstallation.System().Program("psql"), ["-X", "-w", server])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/",
        };
        start.Environment["PGPASSWORD"] = cluster.Password;
        _clients.Add(Process.Start(start)!);
    }

    private async Task WaitAsync(LabCluster cluster)
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(cluster.Target(LabCluster.Superuser), "postgres");
        string query = $"select count(*) from pg_stat_activity a join pg_stat_ssl s on s.pid = a.pid where a.usename = '{LabCluster.Plain}'";
        while (await session.ScalarAsync(query) != _clients.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
        {
            if (_clients.FirstOrDefault(client => client.HasExited) is { } ended) throw new InvalidOperationException(await ended.StandardError.ReadToEndAsync());
            await Task.Delay(20);
        }
    }
}
