using System.Linq;
using PgSecurity.Pipeline;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

public class JsonTextScannerTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[1, [2]]")]
    [InlineData("{ \"a\": \"}\" }")]
    [InlineData("{ \"a\": \"\\\"}\\\\\" }")]
    [InlineData("[\"[\"]")]
    public void A_whole_text_is_complete(string text)
    {
        JsonTextScanner scanner = new();
        scanner.Read(text);
        Assert.False(scanner.IsInside);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{ \"a\": \"}")]
    [InlineData("[{}")]
    public void An_unfinished_text_is_not(string text)
    {
        JsonTextScanner scanner = new();
        scanner.Read(text);
        Assert.True(scanner.IsInside);
    }

    [Fact]
    public void It_does_not_matter_where_the_text_is_cut()
    {
        const string Text = "{ \"a\\\\\": [ \"\\\"]\", { } ] }";
        foreach (int cut in Enumerable.Range(1, Text.Length - 1))
        {
            JsonTextScanner scanner = new();
            scanner.Read(Text[..cut]);
            Assert.True(scanner.IsInside);
            scanner.Read(Text[cut..]);
            Assert.False(scanner.IsInside);
        }
    }
}
