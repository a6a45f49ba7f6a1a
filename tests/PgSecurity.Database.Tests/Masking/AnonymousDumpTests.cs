using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

[Collection(DumpLabCollection.Name)]
public sealed class AnonymousDumpTests(DumpLab lab) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-dump-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [PostgresTheory]
    [InlineData(MaskingLab.Owner)]
    [InlineData("masked_one")]
    [InlineData(LabCluster.Superuser)]
    [InlineData("everything")]
    public void A_role_that_reads_raw_data_is_refused_whatever_its_label_says(string role)
    {
        using MaskingDatabase database = lab.Open(role: role, access: SessionAccess.Read);
        MaskingException error = Assert.Throws<MaskingException>(() => AnonymousDump.DemandMasked(database, MaskingLab.Plan(), Options("customer.dump", "public.customer")));
        Assert.Equal("RawDataReadable", error.Id);
        Assert.Contains("public.customer.email", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [PostgresFact]
    public void A_column_without_a_decision_is_refused()
    {
        using MaskingDatabase database = lab.Open(role: "clerk", access: SessionAccess.Read);
        Assert.Equal("PlanIncomplete", Assert.Throws<MaskingException>(() => AnonymousDump.DemandMasked(database, MaskingLab.Plan("\"title\""), Options("p.dump", "public.product"))).Id);
    }

    [PostgresFact]
    public void A_table_that_the_role_may_not_read_is_named_before_pg_dump_fails()
    {
        using MaskingDatabase database = lab.Open(role: "nobody_at_all", access: SessionAccess.Read);
        Assert.Equal("TableNotReadable", Assert.Throws<MaskingException>(() => AnonymousDump.DemandMasked(database, MaskingLab.Plan(), Options("p.dump"))).Id);
    }

    [PostgresTheory]
    [InlineData("plain")]
    [InlineData("custom")]
    public void Tables_without_sensitive_columns_are_dumped_by_the_real_program(string format)
    {
        using MaskingDatabase database = lab.Open(role: "nobody_at_all", access: SessionAccess.Read);
        AnonymousDumpOptions options = Options($"{format}.dump", "public.product", format);
        IReadOnlyList<string> remarks = AnonymousDump.DemandMasked(database, MaskingLab.Plan(), options);
        MaskingChange change = AnonymousDump.Run(database, options, remarks, "", CancellationToken.None);
        Assert.Equal(("AnonymousDump", options.Path), (change.Kind, change.Target));
        string text = File.ReadAllText(options.Path);
        Assert.Contains("product", text, StringComparison.Ordinal);
        if (format == "plain") Assert.Contains("lamp", text, StringComparison.Ordinal);
        Assert.DoesNotContain("anna@", text, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Cluster.Password, text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(options.Path));
        Assert.Equal("FileExists", Assert.Throws<MaskingException>(() => AnonymousDump.Run(database, options, remarks, "", CancellationToken.None)).Id);
    }

    [PostgresFact]
    public void What_fails_leaves_no_file()
    {
        using MaskingDatabase database = lab.Open(role: "nobody_at_all", access: SessionAccess.Read);
        MaskingException error = Assert.Throws<MaskingException>(() => AnonymousDump.Run(database, Options("bad.dump", "public.customer"), [], "", CancellationToken.None));
        Assert.Equal("PgDumpFailed", error.Id);
        Assert.DoesNotContain(lab.Cluster.Password, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [PostgresTheory]
    [InlineData("/no/such/pg_dump", "PgDumpMissing")]
    [InlineData("/bin/true", "PgDumpMissing")]
    public void A_program_that_is_not_pg_dump_is_refused(string program, string id)
    {
        using MaskingDatabase database = lab.Open(role: "nobody_at_all", access: SessionAccess.Read);
        AnonymousDumpOptions options = new() { Path = Path.Combine(_folder, "x"), Program = program };
        Assert.Equal(id, Assert.Throws<MaskingException>(() => AnonymousDump.Run(database, options, [], "", CancellationToken.None)).Id);
    }

    [PostgresFact]
    public async Task A_label_and_a_setting_of_the_name_do_not_replace_the_engine()
    {
        await lab.NewShopAsync("dump1");
        await lab.Cluster.RunSqlAsync("dump1", "alter role masked_one in database dump1 set anon.transparent_dynamic_masking = 'on'");
        using MaskingDatabase database = lab.Open("dump1", "masked_one", SessionAccess.Read);
        Assert.Equal("on", database.Text("select current_setting('anon.transparent_dynamic_masking', true)"));
        Assert.Equal("RawDataReadable", Assert.Throws<MaskingException>(() => AnonymousDump.DemandMasked(database, MaskingLab.Plan(), Options("c", "public.customer"))).Id);
    }

    [PostgresFact]
    public void Arguments_stay_what_they_are() =>
        Assert.Equal("\"a b\" \"c\\\"d\" \"e\\\\\\\\\" \"f\\g\"", CommandLine.Of(["a b", "c\"d", "e\\\\", "f\\g"]));

    private AnonymousDumpOptions Options(string file, string? table = null, string format = "custom") => new()
    {
        Path = Path.Combine(_folder, file), Tables = table is null ? [] : [table], Format = format, Program = PostgresInstallation.System().Program("pg_dump"),
    };
}
