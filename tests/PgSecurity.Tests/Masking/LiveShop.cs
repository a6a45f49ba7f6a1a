using System;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Lab;
using PgSecurity.Database.Tests.Masking;
using PgSecurity.Shell.Documentation;

namespace PgSecurity.Tests.Masking;

/// <summary>
/// A shop on a real server, for cmdlets that log in to one: what their examples take for granted. The server has no anon
/// library, so an example that says that it needs it has to be refused for exactly that.
/// </summary>
internal sealed class LiveShop(MaskingLab lab, ModuleSession session)
{
    private const string ExampleHost = "shop-db.postgres.database.azure.com";

    private static readonly string[] Cmdlets =
    [
        "Get-PgSensitiveColumn", "Set-PgMaskingRule", "Remove-PgMaskingRule", "Set-PgMaskedRole", "New-PgMaskingView", "New-PgMaskingDataWrapper",
        "Invoke-PgStaticMasking", "Export-PgAnonymousDump",
    ];

    /// <summary>Whether a cmdlet logs in to a database.</summary>
    public static bool IsFor(string cmdlet) => Cmdlets.Contains(cmdlet);

    /// <summary>An example's code with the lab in place of its server.</summary>
    public static string AtHome(string code) => code.Replace(ExampleHost, "localhost", StringComparison.Ordinal);

    /// <summary>The error that an example has to give on a server without anon; null for none.</summary>
    public static string? RefusalOf(HelpExample example) =>
        example.Remarks.Any(remark => remark.StartsWith("Needs the extension anon", StringComparison.Ordinal)) ? "AnonNotLoaded"
        : example.Remarks.Any(remark => remark.StartsWith("Needs a masked role", StringComparison.Ordinal)) ? "RawDataReadable"
        : null;

    /// <summary>Makes the databases anew, and sets variables, default parameters and files.</summary>
    public async Task OpenAsync(TemporaryFolder folder)
    {
        foreach (string database in new[] { "shop", "reporting" }) await lab.Cluster.RunSqlAsync("postgres", $"drop database if exists {database} with (force)");
        await lab.Cluster.RunSqlAsync("postgres", "do $$ begin if not exists (select 1 from pg_roles where rolname = 'analyst') then create role analyst login; end if; end $$");
        await lab.NewShopAsync("shop");
        await lab.Cluster.RunSqlAsync("postgres", "create database reporting");
        await lab.Cluster.RunSqlAsync("reporting", MaskingLabSql.Anon);

        session.Set("credential", Login(LabCluster.Superuser));
        session.Set("masked", Login("masked_one"));
        session.Set("port", lab.Cluster.Port);
        session.Set("roots", lab.Cluster.RootCertificates);
        session.Set("pgDump", PostgresInstallation.System().Program("pg_dump"));
        session.Run("$global:PSDefaultParameterValues = @{ 'Export-PgAnonymousDump:PgDump' = $pgDump }");
        foreach (string cmdlet in Cmdlets) session.Run($"$global:PSDefaultParameterValues['{cmdlet}:Port'] = $port; $global:PSDefaultParameterValues['{cmdlet}:RootCertificate'] = $roots");

        foreach (string cmdlet in Cmdlets.Where(cmdlet => !cmdlet.StartsWith("Get-", StringComparison.Ordinal) && !cmdlet.StartsWith("Export-", StringComparison.Ordinal))) session.Run($"$global:PSDefaultParameterValues['{cmdlet}:JournalPath'] = 'journal'");

        folder.Write("shop.json", MaskingLab.PlanText());
        folder.Write("server.json", Server("test"));
        folder.Write("production.json", Server("production"));
        session.Go(folder.FullPath);
    }

    /// <summary>A login to the lab.</summary>
    public PSCredential Login(string role) => new(role, new NetworkCredential(role, lab.Cluster.Password).SecurePassword);

    private static string Server(string environment) => $$"""
        { "id": "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/shop-db",
          "type": "Microsoft.DBforPostgreSQL/flexibleServers", "name": "shop-db", "location": "westeurope", "tags": { "environment": "{{environment}}" },
          "properties": { "version": "15", "fullyQualifiedDomainName": "localhost" } }
        """;
}
