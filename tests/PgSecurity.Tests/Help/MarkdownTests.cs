using System;
using System.Linq;
using PgSecurity.Shell.Documentation;
using Xunit;

namespace PgSecurity.Tests.Help;

public class MarkdownTests
{
    private const string Page = """
        # Get-Thing

        ## SYNOPSIS

        Gets *a* `thing`.

        ## DESCRIPTION

        One paragraph
        on two lines.

        - an item
        - another, with [a link](page.md)

        ## EXAMPLES

        ### Example 1: The first

        ```powershell
        # not a heading
        Get-Thing
        ```

        What it does.

        ## PARAMETERS

        ### -Name

        Its name.

        ## INPUTS

        ## OUTPUTS

        ### System.String

        Text.

        ## RELATED LINKS

        - [Elsewhere](https://example.com)
        """;

    [Fact]
    public void A_page_is_read()
    {
        HelpPage page = HelpPageReader.Read(Page, "Get-Thing");
        Assert.Equal("Gets a thing.", page.Synopsis);
        Assert.Equal(["One paragraph on two lines.", "- an item", "- another, with a link"], page.Description);
        HelpExample example = Assert.Single(page.Examples);
        Assert.Equal(("Example 1: The first", "# not a heading\nGet-Thing"), (example.Title, example.Code));
        Assert.Equal(["What it does."], example.Remarks);
        Assert.Equal("Its name.", page.Parameters["Name"].Single());
        Assert.Equal(new HelpLink("Elsewhere", "https://example.com"), Assert.Single(page.Links));
    }

    [Theory]
    [InlineData("## SYNOPSIS", "## Synopsys", "SYNOPSIS")]
    [InlineData("Its name.", "", "-Name")]
    [InlineData("# Get-Thing", "# Get-Other", "Get-Other")]
    public void What_lacks_is_an_error_that_names_it(string part, string instead, string named)
    {
        HelpPageException error = Assert.Throws<HelpPageException>(() => HelpPageReader.Read(Page.Replace(part, instead, StringComparison.Ordinal), "Get-Thing"));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Topics_are_wrapped_and_keep_their_code()
    {
        string text = AboutTopic.Text("# about_Thing\n\n## SHORT DESCRIPTION\n\n" + string.Join(' ', Enumerable.Repeat("word", 40)) + "\n\n```\n  code   stays\n```\n");
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80));
        Assert.Contains("\n          code   stays\n", text, StringComparison.Ordinal);
        Assert.StartsWith("TOPIC\n    about_Thing\n", text, StringComparison.Ordinal);
    }
}
