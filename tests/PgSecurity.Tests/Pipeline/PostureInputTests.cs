using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Pipeline;
using Xunit;

namespace PgSecurity.Tests.Pipeline;

public class PostureInputTests
{
    private const string Snapshot = """{"schema":"pgsecurity/posture/1","server":{"id":"/subscriptions/1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/NAME","type":"Microsoft.DBforPostgreSQL/flexibleServers","name":"NAME","properties":{}},"facets":[]}""";

    [Fact]
    public void A_line_of_a_snapshot_is_read_at_once()
    {
        PostureInput input = NewInput();
        Assert.Equal("a", Names(input.Take(Line("a"))).Single());
        Assert.Equal("b", Names(input.Take(Line("b"))).Single());
        Assert.Empty(input.Finish());
    }

    [Fact]
    public void Lines_of_a_pretty_document_are_put_together()
    {
        PostureInput input = NewInput();
        string[] lines = Line("a").Replace(",", ",\n", StringComparison.Ordinal).Replace("{", "{\n", StringComparison.Ordinal).Split('\n');
        Assert.Equal(["a"], Names(lines.SelectMany(input.Take).ToList().Concat(input.Finish())));
    }

    [Fact]
    public void A_broken_line_swallows_none_of_the_others()
    {
        PostureInput input = NewInput();
        List<PostureReadResult> results = new[] { Line("a"), Line("b")[..60], Line("c"), Line("d")[..^3], Line("e") }
            .SelectMany(line => input.Take(line).ToList()).Concat(input.Finish()).ToList();

        Assert.Equal(["a", "c", "e"], Names(results));
        Assert.Equal([2L, 4L], results.Where(result => result.Error is not null).Select(result => result.Error!.Line));
    }

    [Fact]
    public void A_text_that_ends_too_early_is_an_error()
    {
        PostureInput input = NewInput();
        Assert.Empty(input.Take("{ \"schema\": \"pgsecurity/posture/1\","));
        Assert.NotNull(Assert.Single(input.Finish()).Error);
    }

    [Fact]
    public void A_text_that_is_no_json_is_a_path()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("estate.ndjson", Line("a") + "\n" + Line("b") + "\n");
        Assert.Equal(["a", "b"], Names(NewInput().Take(path)));
    }

    [Fact]
    public void A_file_is_read()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("[odd] name.ndjson", Line("a"));
        Assert.Equal(["a"], Names(NewInput().Take(new FileInfo(path))));
    }

    [Fact]
    public void A_snapshot_that_became_objects_is_read_at_once() =>
        Assert.Equal(["a"], Names(NewInput().Take(JsonObjects.Read(Line("a")))));

    [Fact]
    public void Resources_are_kept_until_the_end_so_that_children_find_their_server()
    {
        PostureInput input = NewInput();
        object? document = JsonObjects.Read(Line("a"));
        object server = ((System.Management.Automation.PSObject)document!).Properties["server"].Value;
        Assert.Empty(input.Take(server));
        Assert.NotEmpty(input.Finish());
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public void Nothing_is_nothing(string? item) => Assert.Empty(NewInput().Take(item));

    [Fact]
    public void What_can_be_no_server_is_an_error_with_advice()
    {
        InputError error = Assert.Single(NewInput().Take(42)).Error!;
        Assert.Contains("System.Int32", error.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(error.Advice);
    }

    [Fact]
    public void A_dictionary_is_an_object_and_a_list_is_its_items()
    {
        PostureInput input = NewInput();
        Assert.Equal(["a", "b"], Names(input.Take(new ArrayList { Line("a"), Line("b") })));
        Assert.Empty(input.Take(new Hashtable { ["id"] = "/subscriptions/1" }));
    }

    private static PostureInput NewInput() => new(path => [path]);

    private static string Line(string name) => Snapshot.Replace("NAME", name, StringComparison.Ordinal);

    private static IEnumerable<string> Names(IEnumerable<PostureReadResult> results) =>
        results.Where(result => result.Posture is not null).Select(result => result.Posture!.Id.Name).ToList();
}
