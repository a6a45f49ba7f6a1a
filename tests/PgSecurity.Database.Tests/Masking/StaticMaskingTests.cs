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
public class StaticMaskingTests(MaskingLab lab)
{
    private const string Everything = "select (select string_agg(c::text, ';' order by id) from public.customer c), (select string_agg(e::text, ';') from hr.employee e), (select string_agg(v::text, ';' order by id) from public.visit v)";

    [PostgresFact]
    public async Task Every_sensitive_value_is_gone_and_the_others_stay()
    {
        await lab.NewShopAsync("static1");
        using MaskingDatabase database = lab.Open("static1");
        database.Execute("create materialized view public.mv as select email from public.customer");
        IReadOnlyList<MaskingChange> changes = StaticMasking.Run(database, StaticMasking.Prepare(database, MaskingLab.Plan(), new StaticMaskingOptions()));

        Assert.Equal(["hr.employee", "public.customer", "public.visit_2025", "public.visit_2026"], changes.Select(change => change.Target).Order(StringComparer.Ordinal));
        Assert.All(changes, change => Assert.Equal((MaskProof.Masked, 0L), (change.Proof, change.RowsEqual!.Value)));
        Assert.All(changes, change => Assert.Empty(change.UndoSql));
        Assert.Contains(changes[0].Remarks, remark => remark.Contains("backups", StringComparison.Ordinal));
        string all = lab.Read(Everything, "static1").Single() + string.Join("", lab.Read("select email from public.mv", "static1"));
        foreach (string value in new[] { "anna@", "Berg", "4567", "often", "DE8937", "198.51", "5000" }) Assert.DoesNotContain(value, all, StringComparison.Ordinal);
        Assert.Equal("1|170|lamp", lab.Read("select c.id, c.\"Größe\", (select title from public.product where id = 1) from public.customer c where id = 1", "static1").Single());
        Assert.Equal("", lab.Read("select full_name is null, phone from public.customer where id = 3", "static1").Single().Split('|')[1]);
    }

    [PostgresFact]
    public async Task Values_that_stay_the_same_are_counted_on_the_server_and_nothing_is_kept()
    {
        await lab.NewShopAsync("static2");
        string before = lab.Read(Everything, "static2").Single();
        using MaskingDatabase database = lab.Open("static2");
        MaskingPlan plan = MaskingPlanFile.ReadText(MaskingLab.PlanText().Replace("anon.dummy_name()", "anon.same(full_name)", StringComparison.Ordinal), "p");
        MaskingException error = Assert.Throws<MaskingException>(() => StaticMasking.Run(database, StaticMasking.Prepare(database, plan, new StaticMaskingOptions())));
        Assert.Equal("ValuesNotMasked", error.Id);
        Assert.Contains("public.customer.full_name in 2 of 3 rows", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Berg", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, lab.Read(Everything, "static2").Single());

        IReadOnlyList<MaskingChange> changes = StaticMasking.Run(database, StaticMasking.Prepare(database, plan, new StaticMaskingOptions { AllowEqual = true }));
        MaskingChange customer = changes.Single(change => change.Target == "public.customer");
        Assert.Equal((MaskProof.Partly, 2L), (customer.Proof, customer.RowsEqual!.Value));
        Assert.Contains(customer.Remarks, remark => remark.StartsWith("NOT MASKED", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task A_trigger_a_new_column_or_hidden_rows_stop_the_run()
    {
        await lab.NewShopAsync("static3");
        string before = lab.Read(Everything, "static3").Single();
        using MaskingDatabase database = lab.Open("static3");
        database.Execute("create table public.product_log (t text)");
        Assert.Equal("PlanIncomplete", Assert.Throws<MaskingException>(() => StaticMasking.Prepare(database, MaskingLab.Plan(), new StaticMaskingOptions())).Id);
        StaticMaskingPlan allowed = StaticMasking.Prepare(database, MaskingLab.Plan(), new StaticMaskingOptions { AllowUndecided = true });
        Assert.Contains(allowed.Remarks, remark => remark.StartsWith("NOT MASKED: public.product_log.t", StringComparison.Ordinal));

        database.Execute("drop table public.product_log; create function public.keep() returns trigger language plpgsql as 'begin return new; end'; create trigger keeper before update on public.customer for each row execute function public.keep()");
        MaskingException trigger = Assert.Throws<MaskingException>(() => StaticMasking.Prepare(database, MaskingLab.Plan(), new StaticMaskingOptions()));
        Assert.Equal("TriggersFire", trigger.Id);
        Assert.Contains("keeper", trigger.Message, StringComparison.Ordinal);

        database.Execute("drop trigger keeper on public.customer; alter table public.customer enable row level security; alter table public.customer force row level security");
        StaticMaskingPlan plan = StaticMasking.Prepare(database, MaskingLab.Plan(), new StaticMaskingOptions());
        Assert.Throws<DatabaseException>(() => StaticMasking.Run(database, plan));
        database.Execute("alter table public.customer no force row level security; alter table public.customer disable row level security");
        Assert.Equal(before, lab.Read(Everything, "static3").Single());
    }

    [PostgresFact]
    public async Task A_value_that_does_not_fit_takes_all_back_and_is_not_repeated()
    {
        await lab.NewShopAsync("static4");
        string before = lab.Read(Everything, "static4").Single();
        using MaskingDatabase database = lab.Open("static4");
        MaskingPlan plan = MaskingPlanFile.ReadText(MaskingLab.PlanText().Replace("MASKED WITH VALUE 0", "MASKED WITH FUNCTION anon.same(iban)", StringComparison.Ordinal), "p");
        DatabaseException error = Assert.Throws<DatabaseException>(() => StaticMasking.Run(database, StaticMasking.Prepare(database, plan, new StaticMaskingOptions())));
        Assert.DoesNotContain("DE8937", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("22P02", error.SqlState);
        Assert.Equal(before, lab.Read(Everything, "static4").Single());
    }

    [PostgresTheory]
    [InlineData("environment", "production", "Production")]
    [InlineData("Env", "PRD", "Production")]
    [InlineData("environment", "eu-prod-2", "Production")]
    [InlineData("Umgebung", "Produktion", "Production")]
    [InlineData("stage", "staging", "Production")]
    [InlineData("environment", "test", "NonProduction")]
    [InlineData("ENVIRONMENT", "Non-Production", "NonProduction")]
    [InlineData("env", "dev", "NonProduction")]
    [InlineData("environment", "blue", "Unknown")]
    [InlineData("owner", "test", "Unknown")]
    public void Tags_tell_what_a_server_is_for(string name, string value, string kind)
    {
        ServerEnvironment environment = ServerEnvironment.Of([new KeyValuePair<string, string>(name, value)]);
        Assert.Equal(kind, environment.Kind);
        if (kind == "NonProduction") environment.Demand("s", false, false);
        else Assert.Throws<MaskingException>(() => environment.Demand("s", kind != "Production", kind == "Production"));
        environment.Demand("s", true, true);
    }

    [PostgresFact]
    public void A_tag_that_says_production_wins() => Assert.Equal("Production", ServerEnvironment.Of(
        [new KeyValuePair<string, string>("environment", "test"), new KeyValuePair<string, string>("stage", "prod")]).Kind);

    [PostgresFact]
    public void Without_a_tag_nothing_is_assumed() => Assert.Equal("Unknown", ServerEnvironment.Of([]).Kind);
}
