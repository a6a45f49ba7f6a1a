using System;
using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class ParameterListsTests
{
    [Theory]
    [InlineData("pg_stat_statements,pgaudit", "pg_stat_statements,pgaudit")]
    [InlineData(" PGAudit , anon,,anon ", "pgaudit,anon")]
    [InlineData("", "")]
    public void A_list_is_split_folded_and_trimmed(string value, string expected)
    {
        Resource list = Find("""{ "parameters": { "shared_preload_libraries": "VALUE" } }""".Replace("VALUE", value, System.StringComparison.Ordinal));

        Assert.Equal(expected, string.Join(",", list.Strings("values")));
        Assert.Equal(expected, string.Join(",", list.Strings("effectiveValues")));
    }

    [Fact]
    public void A_parameter_without_a_value_is_an_empty_list() =>
        Assert.Empty(Find("""{ "parameters": { "shared_preload_libraries": { "value": null } } }""").Strings("values"));

    [Fact]
    public void A_pending_restart_leaves_the_running_list_unknown()
    {
        Resource list = Find("""{ "parameters": { "shared_preload_libraries": { "isConfigPendingRestart": true } } }""");

        Assert.Contains("anon", list.Strings("values"));
        Assert.True(list.IsUnknown("effectiveValues"));
    }

    [Fact]
    public void An_unresolved_value_is_not_an_empty_list()
    {
        Resource list = Find("""{ "parameters": { "shared_preload_libraries": { "value": { "$unknown": "an expression" } } } }""");

        Assert.True(list.IsUnknown("values"));
        Assert.True(list.IsUnknown("effectiveValues"));
    }

    [Fact]
    public void A_comma_makes_no_list_but_a_set_does()
    {
        Facet lists = Derivation.Of(ParameterLists.FacetType, """
            { "parameters": { "log_line_prefix": "%t,%u", "log_connections": { "value": "receipt,authorization", "dataType": "Set" } } }
            """);

        Assert.Null(lists.Find("log_line_prefix"));
        Assert.Equal(new[] { "receipt", "authorization" }, lists.Find("log_connections")!.Strings("values"));
    }

    [Fact]
    public void The_gap_of_the_listing_stays()
    {
        Facet lists = Derivation.Of(ParameterLists.FacetType, $$"""{ "unavailable": { "{{FacetTypes.Configurations}}": "ServerStoppedError" } }""");

        Assert.Equal("ServerStoppedError", lists.Gap!.Reason);
        Assert.Empty(lists.Resources);
    }

    private static Resource Find(string changes) =>
        Derivation.Of(ParameterLists.FacetType, changes).Find("shared_preload_libraries")!;

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Members_stand_once_and_in_order_however_many_there_are(int count)
    {
        string[] names = Enumerable.Range(0, count).Select(number => FormattableString.Invariant($"library{number}")).ToArray();
        string text = string.Join(" , ", names.Concat(names.Select(name => name.ToUpperInvariant()))) + ",,";

        Assert.Equal(names, ParameterLists.Members(text));
    }
}
