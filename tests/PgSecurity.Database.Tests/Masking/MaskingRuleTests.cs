using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Masking;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

public class MaskingRuleTests
{
    [Theory]
    [InlineData("MASKED WITH VALUE NULL", "cast(null as text)")]
    [InlineData("masked with value 'it''s'", "cast('it''s' as text)")]
    [InlineData("MASKED WITH VALUE -1", "cast(-1 as text)")]
    [InlineData("MASKED WITH VALUE $$a$$::varchar(3)", "cast(cast('a' as varchar(3)) as text)")]
    [InlineData("MASKED WITH FUNCTION anon.partial_email(Email)", "cast(\"anon\".\"partial_email\"(t.\"email\") as text)")]
    [InlineData("MASKED WITH FUNCTION anon.partial(\"We\"\"ird\",2,$x$**$x$,2)", "cast(\"anon\".\"partial\"(t.\"We\"\"ird\", 2, '**', 2) as text)")]
    [InlineData("MASKED WITH FUNCTION anon.lorem_ipsum( words := 20 )", "cast(\"anon\".\"lorem_ipsum\"(\"words\" := 20) as text)")]
    [InlineData("MASKED WITH FUNCTION anon.ternary(pg_catalog.length(a), null, anon.x(a::double precision))", "cast(\"anon\".\"ternary\"(\"pg_catalog\".\"length\"(t.\"a\"), null, \"anon\".\"x\"(cast(t.\"a\" as double precision))) as text)")]
    public void A_rule_is_built_again_from_its_parts(string rule, string sql) =>
        Assert.Equal(sql, MaskingRule.Parse(rule).Expression("text", column => "t.\"" + column.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""));

    [Theory]
    [InlineData("MASKED")]
    [InlineData("NOT MASKED")]
    [InlineData("MASKED WITH FUNCTION md5(x)")]
    [InlineData("MASKED WITH FUNCTION x")]
    [InlineData("MASKED WITH VALUE x")]
    [InlineData("MASKED WITH VALUE (select 1)")]
    [InlineData("MASKED WITH FUNCTION anon.f(x) || 'y'")]
    [InlineData("MASKED WITH FUNCTION anon.f(x); drop table t")]
    [InlineData("MASKED WITH FUNCTION anon.f(x) -- comment")]
    [InlineData("MASKED WITH FUNCTION anon.f((select secret from other))")]
    [InlineData("MASKED WITH FUNCTION anon.f(x) from t")]
    [InlineData("MASKED WITH FUNCTION anon.f(x")]
    [InlineData("MASKED WITH VALUE 'open")]
    [InlineData("MASKED WITH VALUE 'back\\'")]
    [InlineData("MASKED WITH VALUE E'x'")]
    [InlineData("MASKED WITH VALUE 1::\"x")]
    [InlineData("MASKED WITH VALUE 1::int)--")]
    [InlineData("MASKED WITH FUNCTION anon.f($1)")]
    [InlineData("MASKED WITH FUNCTION anon.f(/* */ x)")]
    [InlineData("")]
    public void What_is_no_rule_is_refused(string rule) => Assert.Throws<FormatException>(() => MaskingRule.Parse(rule));

    [Fact]
    public void Any_name_stays_a_name()
    {
        foreach (string evil in new[] { "a\"; drop table t; --", "x', 'y", "$$", "\\", "ü b", "select" })
        {
            string quoted = "\"" + evil.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            MaskingRule rule = MaskingRule.Parse($"MASKED WITH FUNCTION {quoted}.{quoted}({quoted})");
            Assert.Equal([evil], rule.Columns);
            Assert.Equal($"cast({quoted}.{quoted}({quoted}) as text)", rule.Expression("text", column => Sql_Quote(column)));
        }
    }

    [Fact]
    public void Parts_and_weaknesses_are_known()
    {
        MaskingRule rule = MaskingRule.Parse("MASKED WITH FUNCTION anon.noise(salary, 0.1)");
        Assert.Equal(["salary"], rule.Columns);
        Assert.Equal(2, Assert.Single(rule.Functions).Arguments);
        Assert.Contains("averaged", rule.Weakness, StringComparison.Ordinal);
        Assert.Null(MaskingRule.Parse("MASKED WITH VALUE 0").Weakness);
        Assert.True(MaskingRule.Parse("MASKED WITH VALUE null").IsNull);
        Assert.False(MaskingRule.Parse("MASKED WITH VALUE 'null'").IsNull);
    }

    [Theory]
    [InlineData("MASKED WITH VALUE NULL", true)]
    [InlineData("  masked  with function anon.x()", true)]
    [InlineData("NOT MASKED", false)]
    [InlineData("TRUSTED", false)]
    public void A_label_is_told_from_a_mask(string label, bool isMask) => Assert.Equal(isMask, MaskingRule.IsMask(label));

    private static string Sql_Quote(string name) => PgSecurity.Database.Sql.SqlName.Quote(name);
}
