using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Masking;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

public class MaskingPlanTests
{
    private const string Good = """
        { "schema": "pgsecurity/masking-plan/1", "approvedBy": "dpo@contoso.com", "columns": [
          { "schema": "public", "table": "t", "column": "email", "type": "text", "sensitive": true, "rule": "MASKED WITH VALUE NULL" },
          { "schema": "public", "table": "t", "column": "id", "sensitive": false, "decidedBy": "me" } ] }
        """;

    [Fact]
    public void A_plan_is_read()
    {
        MaskingPlan plan = MaskingPlanFile.ReadText(Good, "p.json");
        MaskingDecision email = plan.Of(new ColumnName("public", "t", "email"))!;
        Assert.Equal((true, "dpo@contoso.com", "text"), (email.Sensitive, email.DecidedBy, email.Type));
        Assert.Equal("me", plan.Of(new ColumnName("public", "t", "id"))!.DecidedBy);
    }

    [Theory]
    [InlineData("dpo@contoso.com", "", "nobody is named")]
    [InlineData("masking-plan/1", "masking-plan/2", "/schema")]
    [InlineData("\"sensitive\": true", "\"sensitive\": \"yes\"", "/columns/0/sensitive")]
    [InlineData(", \"rule\": \"MASKED WITH VALUE NULL\"", "", "needs a rule")]
    [InlineData("VALUE NULL", "VALUE x; drop", "/columns/0/rule")]
    [InlineData("\"column\": \"id\"", "\"column\": \"email\"", "twice")]
    [InlineData("\"column\": \"id\"", "\"column\": \"*\"", "wildcards")]
    [InlineData("\"type\": \"text\"", "\"tpye\": \"text\"", "tpye")]
    [InlineData("\"sensitive\": false", "\"sensitive\": false, \"rule\": \"MASKED WITH VALUE NULL\"", "has no rule")]
    [InlineData("\"columns\": [", "\"columns\": 1, \"x\": [", "/columns")]
    [InlineData("{ \"schema\": \"pg", "[ \"schema\": \"pg", "no JSON")]
    public void What_is_wrong_is_told(string part, string instead, string told)
    {
        MaskingException error = Assert.Throws<MaskingException>(() => MaskingPlanFile.ReadText(Good.Replace(part, instead, StringComparison.Ordinal), "p.json"));
        Assert.Equal("PlanInvalid", error.Id);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void A_draft_is_not_taken_for_a_plan()
    {
        string draft = SensitiveColumns.DraftPlan([new SensitiveColumn { Server = "s", Database = "d", Schema = "public", Table = "t", Column = "id", Type = "int" }]);
        Assert.Contains("nobody is named", Assert.Throws<MaskingException>(() => MaskingPlanFile.ReadText(draft, "d.json")).Message, StringComparison.Ordinal);
        Assert.NotNull(MaskingPlanFile.ReadText(draft.Replace("\"approvedBy\": \"\"", "\"approvedBy\": \"dpo\"", StringComparison.Ordinal), "d.json"));
    }

    [Fact]
    public void A_column_that_is_new_or_has_another_type_stops_the_run()
    {
        PlanCheck check = Check(Good, SensitiveNamesTests.Column("email", type: "bytea"), SensitiveNamesTests.Column("id"), SensitiveNamesTests.Column("added"));
        Assert.Equal(2, check.Undecided.Count);
        MaskingException error = Assert.Throws<MaskingException>(() => check.Demand("p.json", allowUndecided: false));
        Assert.Equal("PlanIncomplete", error.Id);
        Assert.Contains("public.t.added", error.Message, StringComparison.Ordinal);
        check.Demand("p.json", allowUndecided: true);
    }

    [Fact]
    public void A_rule_that_cannot_hold_stops_the_run_even_where_undecided_columns_may_stay()
    {
        PlanCheck check = Check(Good, SensitiveNamesTests.Column("email", notNull: true), SensitiveNamesTests.Column("id"));
        Assert.Equal("PlanUnfit", Assert.Throws<MaskingException>(() => check.Demand("p.json", allowUndecided: true)).Id);
    }

    [Fact]
    public void The_same_value_in_a_unique_column_stops_the_run() =>
        Assert.Single(Check(Good.Replace("VALUE NULL", "VALUE 'x'", StringComparison.Ordinal), SensitiveNamesTests.Column("email", unique: true), SensitiveNamesTests.Column("id")).Problems);

    [Fact]
    public void A_partition_follows_its_parent()
    {
        CatalogColumn parent = SensitiveNamesTests.Column("email");
        CatalogColumn child = new()
        {
            Relation = 2, Number = 1, Name = new ColumnName("public", "t_1", "email"), Kind = 'r', Type = "text", BaseType = "text", TypeKind = TypeKind.Text, Parent = parent.Name,
        };
        Assert.True(MaskingPlanFile.ReadText(Good, "p").Of(child, ColumnCatalog.ByName([parent, child]))!.Sensitive);
    }

    private static PlanCheck Check(string plan, params CatalogColumn[] columns) => new(MaskingPlanFile.ReadText(plan, "p.json"), columns, _ => true, writes: true);
}
