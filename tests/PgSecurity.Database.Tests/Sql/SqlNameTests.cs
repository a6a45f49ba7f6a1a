using System;
using System.Threading.Tasks;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

[Collection(LabCollection.Name)]
public class SqlNameTests(LabFixture lab)
{
    /// <summary>Names that try to get out of their quotes.</summary>
    public static TheoryData<string> Hostile() =>
    [
        "\"; drop role labadmin; --", "'; drop role labadmin; --", "a\\'; select 1; --", "$$; select 1; $$", "a\"\"b", "\\", "'", "''", "\"",
        "x\ny", "/* */", "%I", "{schema}", "ünïcödé", "﷽", "U&\"\\0041\"", "select", " ",
    ];

    [PostgresTheory]
    [MemberData(nameof(Hostile))]
    public async Task The_server_reads_back_what_was_quoted(string name)
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(lab.Cluster.Target(), "postgres");
        foreach (string setting in new[] { "on", "off" })
        {
            await session.ScalarAsync($"select set_config('standard_conforming_strings', '{setting}', false)");

            Assert.Equal(name, await session.ScalarAsync("select " + SqlName.Literal(name)));
            Assert.Equal(name, await session.ScalarAsync("select x.* from (select $1) x(" + SqlName.Quote(name) + ") where x." + SqlName.Quote(name) + " = $1", [name]));
        }
    }

    [PostgresFact]
    public void No_name_and_a_zero_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SqlName.Quote(""));
        Assert.Throws<ArgumentException>(() => SqlName.Quote("a\0b"));
        Assert.Throws<ArgumentException>(() => SqlName.Literal("a\0b"));
        Assert.Equal("\"a\".\"b\"\"c\"", SqlName.Quote("a", "b\"c"));
    }
}
