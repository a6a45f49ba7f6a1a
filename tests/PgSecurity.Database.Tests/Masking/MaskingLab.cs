using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Npgsql;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

/// <summary>
/// A server with a shop database. There is no anon library on it: labels are rows that the superuser writes into the
/// catalogs, as SECURITY LABEL would, and a schema <c>anon</c> has SQL functions of the names that rules call. It is the
/// system's PostgreSQL, or the last one that <see cref="PostgresInstallation"/> was told of.
/// </summary>
public class MaskingLab : IAsyncLifetime
{
    public const string Shop = "shop";
    public const string Owner = "shopowner";

    public LabCluster Cluster { get; private set; } = null!;

    protected virtual PostgresInstallation Installation => PostgresInstallation.All()[^1];

    public async Task InitializeAsync()
    {
        if (PostgresInstallation.SkipReason is not null) return;
        Cluster = await LabCluster.StartEmptyAsync(Installation);
        await Cluster.RunSqlAsync("postgres", MaskingLabSql.Roles.Replace("{password}", Cluster.Password, StringComparison.Ordinal));
        await NewShopAsync(Shop);
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null) await Cluster.DisposeAsync();
    }

    /// <summary>A database of its own for a test that changes it.</summary>
    public async Task NewShopAsync(string name)
    {
        await Cluster.RunSqlAsync("postgres", $"create database {name} owner {Owner}");
        await Cluster.RunSqlAsync(name, MaskingLabSql.Anon);
        await Cluster.RunSqlAsync(name, MaskingLabSql.Shop, Owner);
        await Cluster.RunSqlAsync(name, MaskingLabSql.Labels);
    }

    public MaskingDatabase Open(string database = Shop, string role = Owner, SessionAccess access = SessionAccess.Write) =>
        MaskingDatabase.Open(Cluster.Target(role), database, access);

    /// <summary>What a role reads, as text.</summary>
    public List<string> Read(string query, string database = Shop, string role = LabCluster.Superuser)
    {
        using NpgsqlConnection connection = new(new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1", Port = Cluster.Port, Username = role, Password = Cluster.Password, Database = database,
            SslMode = SslMode.VerifyFull, RootCertificate = Cluster.RootCertificates, Pooling = false,
        }.ConnectionString);
        connection.Open();
        using NpgsqlCommand command = new(query, connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read()) rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : reader.GetValue(i).ToString())));
        return rows;
    }

    /// <summary>A plan that covers the shop.</summary>
    public static MaskingPlan Plan(params string[] without) => MaskingPlanFile.ReadText(PlanText(without), "shop.json");

    public static string PlanText(params string[] without) =>
        "{ \"schema\": \"pgsecurity/masking-plan/1\", \"approvedBy\": \"dpo@contoso.com\", \"columns\": [\n"
        + string.Join(",\n", MaskingLabSql.Decisions.Where(line => !without.Any(name => line.Contains(name, StringComparison.Ordinal)))) + "\n] }";
}

/// <summary>The same on the system's PostgreSQL, whose <c>pg_dump</c> is no older than it.</summary>
public sealed class DumpLab : MaskingLab
{
    protected override PostgresInstallation Installation => PostgresInstallation.System();
}

[CollectionDefinition(Name)]
public sealed class DumpLabCollection : ICollectionFixture<DumpLab>
{
    public const string Name = "dump lab";
}

[CollectionDefinition(Name)]
public sealed class MaskingLabCollection : ICollectionFixture<MaskingLab>
{
    public const string Name = "masking lab";
}
