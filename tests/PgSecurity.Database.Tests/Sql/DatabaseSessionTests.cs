using System.IO;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

[Collection(LabCollection.Name)]
public class DatabaseSessionTests(LabFixture lab)
{
    [PostgresFact]
    public async Task A_session_is_encrypted_read_only_and_looks_in_the_catalog_first()
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(lab.Cluster.Target(), "postgres");

        Assert.Equal("t", await session.ScalarAsync("select case when ssl then 't' end from pg_stat_ssl where pid = pg_backend_pid()"));
        Assert.Equal("on", await session.ScalarAsync("select current_setting('transaction_read_only')"));
        Assert.Equal("pg_catalog", await session.ScalarAsync("select current_setting('search_path')"));
        Assert.Equal("15s", await session.ScalarAsync("select current_setting('statement_timeout')"));
        Assert.Equal("2s", await session.ScalarAsync("select current_setting('lock_timeout')"));
        DatabaseException refused = await Assert.ThrowsAsync<DatabaseException>(() => session.ExecuteAsync(["create table public.t()"]));
        Assert.Equal("25006", refused.SqlState);
    }

    [PostgresFact]
    public async Task A_server_whose_root_is_not_named_is_not_trusted()
    {
        DatabaseTarget target = new()
        {
            Host = "127.0.0.1", Port = lab.Cluster.Port, UserName = LabCluster.Auditor, Password = _ => Task.FromResult(lab.Cluster.Password),
        };

        DatabaseException failure = await Assert.ThrowsAsync<DatabaseException>(() => DatabaseSession.OpenAsync(target, "postgres"));

        Assert.Equal(DatabaseFailure.Untrusted, failure.Kind);
        Assert.DoesNotContain(lab.Cluster.Password, failure.ToString());
    }

    [PostgresFact]
    public async Task Each_failure_says_what_it_is_and_no_password()
    {
        DatabaseTarget good = lab.Cluster.Target();
        DatabaseTarget wrong = new() { Host = good.Host, Port = good.Port, UserName = good.UserName, RootCertificates = good.RootCertificates, Password = _ => Task.FromResult("Wrong-Secret-1") };
        DatabaseTarget closed = new() { Host = good.Host, Port = 1, UserName = good.UserName, RootCertificates = good.RootCertificates, Password = good.Password };
        DatabaseTarget noFile = new() { Host = good.Host, Port = good.Port, UserName = good.UserName, RootCertificates = "/no/such/file.pem", Password = good.Password };

        (DatabaseTarget Target, string Database, DatabaseFailure Kind)[] cases =
        [
            (wrong, "postgres", DatabaseFailure.Login), (closed, "postgres", DatabaseFailure.Unreachable),
            (noFile, "postgres", DatabaseFailure.Untrusted), (good, "no_such_database", DatabaseFailure.Statement),
        ];
        foreach ((DatabaseTarget target, string database, DatabaseFailure kind) in cases)
        {
            DatabaseException failure = await Assert.ThrowsAsync<DatabaseException>(() => DatabaseSession.OpenAsync(target, database));
            Assert.Equal(kind, failure.Kind);
            Assert.NotEmpty(failure.Advice);
            Assert.DoesNotContain("Wrong-Secret-1", failure.ToString());
            Assert.DoesNotContain(lab.Cluster.Password, failure.ToString());
        }
    }

    [PostgresFact]
    public async Task Rows_come_as_json_whatever_their_types()
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(lab.Cluster.Target(), "postgres");

        var row = (await session.QueryAsync("select 1 as n, 'a\"b'::name as t, array['x','y'] as l, true as b, null::text as z, 'infinity'::timestamptz as i, '10.0.0.1'::inet as a")).Single();

        Assert.Equal("""{"a": "10.0.0.1", "b": true, "i": "infinity", "l": ["x", "y"], "n": 1, "t": "a\"b", "z": null}""", row.GetRawText());
    }

    [PostgresFact]
    public async Task A_hash_that_a_query_gives_is_covered()
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(lab.Cluster.Target(LabCluster.Superuser), "postgres");

        string rows = string.Join('\n', await session.QueryAsync("select rolname, rolpassword from pg_authid where rolpassword is not null"));

        Assert.Contains("labadmin", rows);
        Assert.DoesNotContain("SCRAM-SHA-256$", rows);
    }
}
