using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using PgSecurity.Core.Postures;
using PgSecurity.Database.Masking;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Sql;

/// <summary>Controls on sensitive columns judge by the one dictionary, in every language and every encoding of a database.</summary>
public class SensitiveChecksTests
{
    private const string Tables = """
        create table people(id int, "prénom" text, "Straße" text, iban text, comment_only text, mail_count int, notes text);
        comment on column people.comment_only is 'passport number';
        create table "Größen"(id int, password text, size int);
        grant select on people to labauditor;
        create publication feed for table people;
        """;

    [PostgresFact]
    public async Task What_the_cmdlet_shows_is_what_the_controls_judge_whatever_the_encoding()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", $"create role labauditor login password '{cluster.Password}' in role pg_monitor");
        foreach (string encoding in new[] { "UTF8", "LATIN1", "SQL_ASCII" })
        {
            string database = "in_" + encoding.ToLowerInvariant();
            await cluster.RunSqlAsync("postgres", $"create database {database} encoding '{encoding}' template template0");
            await cluster.RunSqlAsync(database, Tables);
            if (encoding == "UTF8") await cluster.RunSqlAsync(database, "create table \"客户\"(\"姓名\" text, \"телефон\" text)");

            Posture posture = await LabAudit.ReadAsync(cluster, LabCluster.Auditor, database);
            HashSet<string> judged = Rows(posture, "PgSecurity/sensitiveColumns").Select(row => $"{row("schema")}.{row("table")}.{row("column")} {row("category")}").ToHashSet();
            using MaskingDatabase open = MaskingDatabase.Open(cluster.Target(), database, SessionAccess.Read);
            HashSet<string> shown = SensitiveColumns.Read(open, null, all: false).Where(column => column.Confidence > MatchConfidence.Low)
                .Select(column => $"{column.Schema}.{column.Table}.{column.Column} {column.Category}").ToHashSet();

            Assert.Equal(shown.Order(), judged.Order());
            Assert.Superset(
                new HashSet<string> { "public.people.prénom Name", "public.people.Straße Address", "public.people.iban BankAccount", "public.people.comment_only GovernmentId", "public.Größen.password Secret" }, judged);
            Assert.DoesNotContain(judged, column => column.Contains("mail_count", StringComparison.Ordinal) || column.Contains("notes", StringComparison.Ordinal));
            Assert.Equal("4", Rows(posture, "PgSecurity/publications").Single()("sensitive_columns"));
            Assert.Contains(Rows(posture, "PgSecurity/sensitiveColumnReaders"), row => row("role") == "labauditor" && row("columns") == "4");
        }
    }

    [PostgresFact]
    public async Task A_column_with_rules_of_two_policies_is_one_column()
    {
        await using LabCluster cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await cluster.RunSqlAsync("postgres", """
            alter database postgres set anon.masking_policies = 'anon, devtests'; create table t(email text); set allow_system_table_mods = on;
            insert into pg_seclabel(objoid, classoid, objsubid, provider, label) select 't'::regclass, 'pg_class'::regclass, 1, p, 'MASKED WITH VALUE NULL' from unnest(array['anon', 'devtests']) p;
            """);

        Posture posture = await LabAudit.ReadAsync(cluster, LabCluster.Superuser, "postgres");

        Assert.Equal(("email", "true", "anon"), Rows(posture, "PgSecurity/sensitiveColumns").Select(row => (row("column"), row("masked"), row("provider"))).Single());
    }

    private static IEnumerable<Func<string, string>> Rows(Posture posture, string type) => posture.FacetOf(type).Resources
        .Select(resource => resource.Body.GetProperty("properties"))
        .Select(row => new Func<string, string>(name => row.GetProperty(name).ToString() is "True" or "False" ? row.GetProperty(name).GetRawText() : row.GetProperty(name).ToString()));
}
