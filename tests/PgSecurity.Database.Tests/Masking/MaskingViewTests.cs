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
public class MaskingViewTests(MaskingLab lab)
{
    private const string Before = "select (select count(*) from pg_class where relnamespace = to_regnamespace('mask')), (select relacl::text from pg_class where oid = 'public.customer'::regclass), to_regnamespace('mask') is null";

    [PostgresFact]
    public async Task A_view_masks_for_its_readers_and_undo_leaves_nothing()
    {
        await lab.NewShopAsync("views1");
        string before = lab.Read(Before, "views1").Single();
        using MaskingDatabase database = lab.Open("views1");
        MaskingViewOptions options = new() { Readers = ["nobody_at_all", "clerk"], RevokeTable = true };
        MaskingViewPlan plan = MaskingView.Prepare(database, MaskingLab.Plan(), "public", "customer", options);
        Assert.Equal(["email", "full_name", "phone", "notes", "we\"ird'; col"], plan.MaskedColumns);
        Assert.Equal(before, lab.Read(Before, "views1").Single());

        MaskingChange change = MaskingView.Create(database, plan);
        Assert.Equal(("Changed", "mask.customer", 0L), (change.Status, change.Target, change.RowsEqual));
        Assert.Equal(MaskProof.Unknown, change.Proof);
        Assert.Contains(change.Remarks, remark => remark.Contains("we\"ird'; col", StringComparison.Ordinal) && remark.Contains("no row", StringComparison.Ordinal));
        Assert.Contains(change.Remarks, remark => remark.StartsWith("NOT MASKED for", StringComparison.Ordinal) && remark.Contains("clerks", StringComparison.Ordinal) && !remark.Contains("clerk,", StringComparison.Ordinal));

        List<string> rows = lab.Read("select * from mask.customer order by id", "views1", "nobody_at_all");
        Assert.Equal(3, rows.Count);
        Assert.StartsWith("1|an******@ex******.org|Name ", rows[0], StringComparison.Ordinal);
        Assert.DoesNotContain(rows, row => row.Contains("Berg", StringComparison.Ordinal) || row.Contains("often", StringComparison.Ordinal));
        Assert.ThrowsAny<Exception>(() => lab.Read("select * from public.customer", "views1", "clerk"));

        foreach (string statement in change.UndoSql) database.Execute(statement);
        Assert.Equal(before.Split('|')[2], lab.Read(Before, "views1").Single().Split('|')[2]);
        Assert.Contains("clerk=r/", lab.Read(Before, "views1").Single(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task What_is_there_already_is_told_and_what_was_replaced_under_its_comment_is_not_believed()
    {
        await lab.NewShopAsync("views2");
        using MaskingDatabase database = lab.Open("views2");
        MaskingView.Create(database, MaskingView.Prepare(database, MaskingLab.Plan(), "public", "customer", new MaskingViewOptions()));
        Assert.True(MaskingView.Prepare(database, MaskingLab.Plan(), "public", "customer", new MaskingViewOptions()).IsAlreadyThere);

        database.Execute("create or replace view mask.customer as select id, email, full_name, phone, \"Größe\", notes, \"we\"\"ird'; col\" from public.customer");
        MaskingViewPlan again = MaskingView.Prepare(database, MaskingLab.Plan(), "public", "customer", new MaskingViewOptions());
        Assert.False(again.IsAlreadyThere);
        MaskingChange change = MaskingView.Create(database, again);
        Assert.Contains("email", change.Before, StringComparison.Ordinal);
        Assert.StartsWith("an******", lab.Read("select email from mask.customer where id = 1", "views2").Single(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_view_that_gives_the_original_values_is_not_kept()
    {
        await lab.NewShopAsync("views3");
        using MaskingDatabase database = lab.Open("views3");
        MaskingPlan plan = MaskingPlanFile.ReadText(MaskingLab.PlanText().Replace("anon.dummy_name()", "anon.same(full_name)", StringComparison.Ordinal), "p");
        MaskingException error = Assert.Throws<MaskingException>(() => MaskingView.Create(database, MaskingView.Prepare(database, plan, "public", "customer", new MaskingViewOptions())));
        Assert.Equal("ViewDoesNotMask", error.Id);
        Assert.Empty(lab.Read("select 1 from pg_namespace where nspname = 'mask'", "views3"));
    }

    [PostgresTheory]
    [InlineData("customer", "\"phone\"", "", "PlanIncomplete")]
    [InlineData("customer", "nothing", "anon.partial(|anon.missing(", "FunctionMissing")]
    [InlineData("nowhere", "nothing", "", "TableNotFound")]
    public void What_cannot_be_made_is_refused(string table, string without, string replace, string id)
    {
        string text = MaskingLab.PlanText(without);
        if (replace.Length > 0) text = text.Replace(replace.Split('|')[0], replace.Split('|')[1], StringComparison.Ordinal);
        using MaskingDatabase database = lab.Open();
        Assert.Equal(id, Assert.Throws<MaskingException>(() => MaskingView.Prepare(database, MaskingPlanFile.ReadText(text, "p"), "public", table, new MaskingViewOptions())).Id);
    }

    [PostgresFact]
    public async Task A_name_that_is_taken_is_not_replaced()
    {
        await lab.NewShopAsync("views4");
        using MaskingDatabase database = lab.Open("views4");
        MaskingViewOptions options = new() { Schema = "public", Name = "mails" };
        Assert.Equal("NameTaken", Assert.Throws<MaskingException>(() => MaskingView.Prepare(database, MaskingLab.Plan(), "public", "customer", options)).Id);
    }

    [PostgresFact]
    public async Task Any_name_can_be_masked_and_is_no_statement()
    {
        await lab.NewShopAsync("views5");
        const string evil = "x\"; drop table public.customer; --";
        using MaskingDatabase database = lab.Open("views5");
        string quoted = SqlName.Quote(evil);
        database.Execute($"create schema {quoted}; create table {quoted}.{quoted} ({quoted} text); insert into {quoted}.{quoted} values ('secret')");
        string json = System.Text.Json.JsonSerializer.Serialize(evil);
        string rule = System.Text.Json.JsonSerializer.Serialize($"MASKED WITH FUNCTION anon.partial({quoted},0,$$*$$,1)");
        MaskingPlan plan = MaskingPlanFile.ReadText($$"""{ "schema": "pgsecurity/masking-plan/1", "approvedBy": "me", "columns": [ { "schema": {{json}}, "table": {{json}}, "column": {{json}}, "sensitive": true, "rule": {{rule}} } ] }""", "p");
        MaskingViewOptions options = new() { Schema = "m" + evil, Name = evil, Readers = ["clerk"] };
        MaskingChange change = MaskingView.Create(database, MaskingView.Prepare(database, plan, evil, evil, options));
        Assert.Equal(MaskProof.Masked, change.Proof);
        Assert.Equal("*t", lab.Read($"select * from {SqlName.Quote("m" + evil, evil)}", "views5", "clerk").Single());
        Assert.Equal("3", lab.Read("select count(*) from public.customer", "views5").Single());
        foreach (string statement in change.UndoSql) database.Execute(statement);
    }
}
