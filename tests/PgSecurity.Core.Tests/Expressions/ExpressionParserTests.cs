using System.Linq;
using PgSecurity.Core.Expressions;
using Xunit;

namespace PgSecurity.Core.Tests.Expressions;

public class ExpressionParserTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("[[not an expression]", "[not an expression]")]
    [InlineData("[open", "[open")]
    [InlineData("", "")]
    [InlineData("['it''s']", "it's")]
    [InlineData("[ concat( 'a' , 'b' ) ]", "ab")]
    [InlineData("[CONCAT('a', ']')]", "a]")]
    public void Reads_text(string text, string expected) =>
        Assert.Equal(expected, ExpressionParser.Parse(text).Evaluate(EmptyScope.Instance).Text);

    [Theory]
    [InlineData("[-5]", -5)]
    [InlineData("[createArray(1, 2)[1]]", 2)]
    public void Reads_numbers(string text, long expected) =>
        Assert.Equal(expected, ExpressionParser.Parse(text).Evaluate(EmptyScope.Instance).Integer);

    [Theory]
    [InlineData("[]", 1, "ends where a function call")]
    [InlineData("[concat('a']", 11, "',' or ')'")]
    [InlineData("[concat('a)]", 8, "no closing single quote")]
    [InlineData("[conct('a')]", 1, "concat")]
    [InlineData("[toLower('a', 'b')]", 1, "2 argument(s); it takes 1")]
    [InlineData("[parameters]", 1, "expected '(' after it")]
    [InlineData("[concat('a') 'b']", 13, "end of the expression")]
    [InlineData("[parameters('a').]", 17, "member's name")]
    [InlineData("[parameters('a')[0]", 18, "']'")]
    [InlineData("[\"a\"]", 1, "single quotes")]
    [InlineData("[1.2.3]", 1, "not a number")]
    public void Refuses_with_the_position(string text, int position, string message)
    {
        ExpressionException error = Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(text));
        Assert.Equal(position, error.Position);
        Assert.Contains(message, error.Message);
    }

    [Fact]
    public void Refuses_nesting_that_would_end_the_stack()
    {
        string deep = "[" + string.Concat(Enumerable.Repeat("not(", 100_00)) + "]";
        Assert.Contains("nested deeper", Assert.Throws<ExpressionException>(() => ExpressionParser.Parse(deep)).Message);
    }

    [Theory]
    [InlineData("[x]")]
    [InlineData("plain")]
    [InlineData("[")]
    [InlineData("[[x]")]
    public void Escaping_round_trips(string text)
    {
        Assert.False(ExpressionText.IsExpression(ExpressionText.Escape(text)));
        Assert.Equal(text, ExpressionText.Unescape(ExpressionText.Escape(text)));
    }
}
