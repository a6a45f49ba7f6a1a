using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>
/// Two servers that are not Azure's, so that the controls on settings answer: one whose settings are all wrong, and one whose
/// settings, roles and databases are all right.
/// </summary>
public static class PlainServer
{
    /// <summary>Does nothing unless told to: it stands for a library that no package offers.</summary>
    private const string Idle = "auto_explain.so";

    public static Task<LabCluster> CarelessAsync(PostgresInstallation installation) =>
        LabCluster.StartAsync(installation, Settings("careless"), cluster => cluster.RunSqlAsync("postgres", LabSql.Read("careless", cluster.Password)));

    public static async Task<LabCluster> CarefulAsync(PostgresInstallation installation)
    {
        string libraries = Directory.CreateTempSubdirectory("pgsecurity-lab-libraries-").FullName;
        try
        {
            File.Copy(Path.Combine(installation.Libraries, Idle), Path.Combine(libraries, "credcheck.so"));
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(libraries, File.GetUnixFileMode(libraries) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
            string preloaded = installation.Offers("pgaudit") ? "credcheck,pgaudit" : "credcheck";
            return await LabCluster.StartAsync(
                installation,
                [.. Settings("careful"), $"dynamic_library_path = '{libraries}:$libdir'", $"shared_preload_libraries = '{preloaded}'"],
                cluster => FillAsync(cluster, installation));
        }
        finally
        {
            Directory.Delete(libraries, true);
        }
    }

    private static async Task FillAsync(LabCluster cluster, PostgresInstallation installation)
    {
        foreach (string statement in LabSql.Read("careful", cluster.Password).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            await cluster.RunSqlAsync("postgres", statement);
        }

        await cluster.RunSqlAsync(LabCluster.Hardened, LabSql.Read("hardened", cluster.Password));
        if (!installation.Offers("pgaudit")) return;
        foreach (string database in new[] { "postgres", LabCluster.Hardened }) await cluster.RunSqlAsync(database, LabSql.Read("pgaudit", cluster.Password));
    }

    private static IReadOnlyList<string> Settings(string name) => LabSql.ReadFile(name + ".conf").Split('\n').Where(line => line.Length > 0).ToList();
}
