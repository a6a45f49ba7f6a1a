using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

[Collection(MaskingLabCollection.Name)]
public class MaskingDataWrapperTests(MaskingLab lab)
{
    private const string Objects = "select (select count(*) from pg_namespace where nspname !~ '^pg_(toast_)?temp'), (select count(*) from pg_class), (select count(*) from pg_foreign_server), (select count(*) from pg_extension)";

    [PostgresFact]
    public async Task Tables_of_another_database_are_shown_masked_and_undo_leaves_nothing()
    {
        await lab.Cluster.RunSqlAsync("postgres", "create database wrap1");
        await lab.Cluster.RunSqlAsync("wrap1", MaskingLabSql.Anon);
        string before = lab.Read(Objects, "wrap1").Single();
        using MaskingDatabase database = lab.Open("wrap1", LabCluster.Superuser);
        IReadOnlyList<MaskingChange> changes = MaskingDataWrapper.Create(database, MaskingLab.Plan(), Options());

        MaskingChange wrapper = changes[^1];
        Assert.Equal("DataWrapper", wrapper.Kind);
        Assert.Contains(changes, change => change is { Kind: "MaskingView", Target: "mask.customer" });
        List<string> rows = lab.Read("select email from mask.customer order by id", "wrap1", "nobody_at_all");
        Assert.Equal(["an******@ex******.org", "bo******@ex******.net", "ca******@ex******.com"], rows);
        Assert.ThrowsAny<Exception>(() => lab.Read("select * from shop_raw.customer", "wrap1", "nobody_at_all"));
        Assert.DoesNotContain(lab.Cluster.Password, string.Join(" ", changes.SelectMany(change => change.Remarks.Concat(change.UndoSql).Append(change.After))), StringComparison.Ordinal);

        foreach (string statement in wrapper.UndoSql) database.Execute(statement);
        Assert.Equal(before, lab.Read(Objects, "wrap1").Single());
    }

    [PostgresTheory]
    [InlineData("\"phone\"", "PlanIncomplete", "customer")]
    [InlineData("\"public\"", "NothingToMask", "")]
    public async Task What_the_plan_leaves_out_is_not_shown(string without, string id, string table)
    {
        string name = "wrap_" + id.ToLowerInvariant();
        await lab.Cluster.RunSqlAsync("postgres", $"create database {name}");
        await lab.Cluster.RunSqlAsync(name, MaskingLabSql.Anon);
        string before = lab.Read(Objects, name).Single();
        using MaskingDatabase database = lab.Open(name, LabCluster.Superuser);
        Assert.Equal(id, Assert.Throws<MaskingException>(() => MaskingDataWrapper.Create(database, MaskingLab.Plan(without), Options(table: table))).Id);
        Assert.Equal(before, lab.Read(Objects, name).Single());
    }

    [PostgresFact]
    public async Task A_wrong_password_is_refused_without_being_repeated()
    {
        await lab.Cluster.RunSqlAsync("postgres", "create database wrap2");
        using MaskingDatabase database = lab.Open("wrap2", LabCluster.Superuser);
        DatabaseException error = Assert.Throws<DatabaseException>(() => MaskingDataWrapper.Create(database, MaskingLab.Plan(), Options("Wrong-Secret-77")));
        Assert.DoesNotContain("Wrong-Secret-77", error.ToString(), StringComparison.Ordinal);
    }

    private DataWrapperOptions Options(string? password = null, string table = "customer") => new()
    {
        Name = "shop", Host = "localhost", Port = lab.Cluster.Port, Database = MaskingLab.Shop, ForeignSchema = "public", UserName = "shopowner",
        Password = password ?? lab.Cluster.Password, Tables = table.Length == 0 ? [] : [table, "product"], Readers = ["nobody_at_all"], RootCertificate = lab.Cluster.RootCertificates,
    };
}
