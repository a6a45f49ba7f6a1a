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
public class MaskedRoleTests(MaskingLab lab)
{
    [PostgresFact]
    public void Without_the_library_nothing_is_labelled_and_the_way_without_it_is_named()
    {
        using MaskingDatabase database = lab.Open();
        MaskingException role = Assert.Throws<MaskingException>(() => MaskedRole.Apply(database, MaskedRole.Read(database, "clerk"), true, true));
        MaskingException rule = Assert.Throws<MaskingException>(() => MaskingLabels.Prepare(database, MaskingLab.Plan()));
        MaskingException removal = Assert.Throws<MaskingException>(() => MaskingLabels.PrepareRemoval(database, new ColumnName("public", "customer", "email")));
        Assert.All(new[] { role, rule, removal }, error => Assert.Equal("AnonNotLoaded", error.Id));
        Assert.Contains("New-PgMaskingView", role.Advice, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void A_label_that_has_no_effect_is_found_by_reading_as_the_role()
    {
        using MaskingDatabase database = lab.Open();
        MaskedRoleState state = MaskedRole.Read(database, "masked_one");
        Assert.True(state.IsMasked);
        Assert.False(state.IsTransparent);
        IReadOnlyList<MaskProof> proofs = database.InTransaction(keep: true, () => MaskedRole.Prove(database, state, MaskedRole.RuledColumns(database)));
        MaskProof proof = Assert.Single(proofs);
        Assert.Equal((MaskProof.NotMasked, 3L, 3L), (proof.Verdict, proof.Rows, proof.Equal));
        Assert.DoesNotContain("anna", string.Join(" ", proof.Remarks), StringComparison.Ordinal);
        Assert.Equal(MaskingLab.Owner, database.Text("select current_user::text"));
    }

    [PostgresFact]
    public void What_cannot_be_read_proves_nothing()
    {
        using MaskingDatabase database = lab.Open();
        MaskProof unreadable = database.InTransaction(keep: false, () => MaskedRole.Prove(database, MaskedRole.Read(database, "nobody_at_all"), MaskedRole.RuledColumns(database))).Single();
        Assert.Equal(MaskProof.Unknown, unreadable.Verdict);
        MaskProof notTaken = database.InTransaction(keep: false, () => MaskedRole.Prove(database, MaskedRole.Read(database, "member"), MaskedRole.RuledColumns(database))).Single();
        Assert.Equal(MaskProof.Unknown, notTaken.Verdict);
        Assert.Contains("42501", Assert.Single(notTaken.Remarks), StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Ways_round_the_mask_are_named()
    {
        using MaskingDatabase database = lab.Open();
        Assert.Contains(MaskedRole.Read(database, "clerks").WaysRound(), way => way.Contains("member, stepper", StringComparison.Ordinal));
        Assert.Contains(MaskedRole.Read(database, "member").WaysRound(), way => way.Contains("SET ROLE", StringComparison.Ordinal));
        Assert.Contains(MaskedRole.Read(database, MaskingLab.Owner).WaysRound(), way => way.Contains("owns", StringComparison.Ordinal));
        Assert.Contains(MaskedRole.Read(database, MaskingLab.Owner).WaysRound(), way => way.Contains("may write", StringComparison.Ordinal));
    }

    [PostgresTheory]
    [InlineData("no_such", "RoleNotFound")]
    [InlineData("x\"; drop role clerk; --", "RoleNotFound")]
    [InlineData(LabCluster.Superuser, "RoleNotMaskable")]
    public void A_role_that_cannot_be_masked_is_refused(string role, string id)
    {
        using MaskingDatabase database = lab.Open();
        Assert.Equal(id, Assert.Throws<MaskingException>(() => MaskedRole.Read(database, role)).Id);
    }

    [PostgresTheory]
    [InlineData(10, 0, MaskProof.Masked)]
    [InlineData(10, 10, MaskProof.NotMasked)]
    [InlineData(10, 1, MaskProof.Partly)]
    [InlineData(0, 0, MaskProof.Unknown)]
    public void A_verdict_follows_from_counts(long rows, long equal, string verdict) => Assert.Equal(verdict, MaskProof.Of("c", rows, equal).Verdict);

    [PostgresFact]
    public void The_weakest_of_verdicts_counts()
    {
        Assert.Equal(MaskProof.NotMasked, MaskProof.Weakest([MaskProof.Of("a", 1, 0), MaskProof.Of("b", 1, 1), MaskProof.Of("c", 0, 0)]));
        Assert.Equal(MaskProof.Unknown, MaskProof.Weakest([MaskProof.Of("a", 1, 0), MaskProof.Of("c", 0, 0)]));
        Assert.Equal("", MaskProof.Weakest([]));
    }

    [PostgresFact]
    public void A_label_is_set_and_taken_by_statements_in_which_names_stay_names()
    {
        CatalogColumn column = new()
        {
            Relation = 1, Number = 1, Name = new ColumnName("s\"", "t'", "c; --"), Kind = 'r', Type = "text", BaseType = "text", TypeKind = TypeKind.Text, Label = "MASKED WITH VALUE 'old'",
        };
        LabelChange change = new("host", "db", column, "MASKED WITH FUNCTION anon.partial(c,1,'x',1)", null);
        Assert.Equal("security label for anon on column \"s\"\"\".\"t'\".\"c; --\" is 'MASKED WITH FUNCTION anon.partial(c,1,''x'',1)'", change.Statement);
        Assert.Equal(["security label for anon on column \"s\"\"\".\"t'\".\"c; --\" is 'MASKED WITH VALUE ''old'''"], change.Result("Changed", change.After).UndoSql);
        Assert.Equal("security label for anon on column \"s\"\"\".\"t'\".\"c; --\" is null", new LabelChange("host", "db", column, null, null).Statement);
        Assert.True(new LabelChange("host", "db", column, "MASKED WITH VALUE 'old'", null).IsAlreadySo);
    }

    [PostgresFact]
    public void A_function_is_trusted_by_its_label_or_its_schemas()
    {
        using MaskingDatabase database = lab.Open();
        MaskingRule rule = MaskingRule.Parse("MASKED WITH FUNCTION anon.partial_email(email)");
        Assert.Empty(TrustedFunctions.Problems(database, rule, needTrust: false));
        Assert.Contains("not trusted", Assert.Single(TrustedFunctions.Problems(database, rule, needTrust: true)), StringComparison.Ordinal);
        Assert.Contains("no function", Assert.Single(TrustedFunctions.Problems(database, MaskingRule.Parse("MASKED WITH FUNCTION anon.partial_email(a, b)"), needTrust: false)), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_trusted_schema_trusts_its_functions()
    {
        await lab.NewShopAsync("trust1");
        await lab.Cluster.RunSqlAsync("trust1", "set allow_system_table_mods = on; insert into pg_seclabel (objoid, classoid, objsubid, provider, label) select oid, 'pg_namespace'::regclass, 0, 'anon', 'TRUSTED' from pg_namespace where nspname = 'anon'");
        using MaskingDatabase database = lab.Open("trust1");
        Assert.Empty(TrustedFunctions.Problems(database, MaskingRule.Parse("MASKED WITH FUNCTION anon.partial_email(email)"), needTrust: true));
    }

    /// <summary>Needs the real extension, which a server of Debian does not offer.</summary>
    [AnonFact]
    public async Task Where_anon_is_there_rules_and_roles_are_set_proved_and_undone()
    {
        await lab.Cluster.RunSqlAsync("postgres", "create database anon_real");
        await lab.Cluster.RunSqlAsync("anon_real", "create extension anon; create table public.person (id int primary key, email text); insert into public.person values (1, 'anna@example.org'); grant select on public.person to clerk");
        using MaskingDatabase database = lab.Open("anon_real", LabCluster.Superuser);
        foreach (LabelChange change in MaskingLabels.Prepare(database, new ColumnName("public", "person", "email"), null)) Assert.Equal("Changed", MaskingLabels.Apply(database, change).Status);
        MaskingChange role = MaskedRole.Apply(database, MaskedRole.Read(database, "clerk"), mask: true, setTransparent: true);
        Assert.Equal(("Changed", MaskProof.Masked), (role.Status, role.Proof));
        foreach (string statement in role.UndoSql) database.Execute(statement);
        Assert.False(MaskedRole.Read(database, "clerk").IsMasked);
    }
}
