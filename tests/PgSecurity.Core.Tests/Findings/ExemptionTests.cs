using System;
using System.Linq;
using PgSecurity.Core.Findings;
using Xunit;

namespace PgSecurity.Core.Tests.Findings;

public class ExemptionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServerId Server = ServerId.Create("11111111-2222-3333-4444-555555555555", "rg-one", "pg-one");

    [Theory]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555", true)]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourcegroups/RG-ONE", true)]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-on", false)]
    [InlineData("/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-one/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-one", true)]
    [InlineData("*/flexibleServers/pg-*", true)]
    [InlineData("*/flexibleServers/other-*", false)]
    [InlineData("*", true)]
    public void A_scope_covers_what_it_names_and_all_below(string scope, bool expected) =>
        Assert.Equal(expected, Read(Entry(scope: scope)).Find(Server, "NET-001", Now) is not null);

    [Theory]
    [InlineData("NET-001", true)]
    [InlineData("net-*", true)]
    [InlineData("LOG-*", false)]
    public void Controls_are_named_with_wildcards(string controls, bool expected) =>
        Assert.Equal(expected, Read(Entry(controls: controls)).Find(Server, "NET-001", Now) is not null);

    [Theory]
    [InlineData("2026-11-24", true)]
    [InlineData("2026-11-23", false)]
    [InlineData("2026-11-24T12:00:00Z", false)]
    [InlineData("2026-11-24T12:00:01Z", true)]
    [InlineData("2026-11-24T13:00:00+02:00", false)]
    public void A_date_is_good_to_its_end_and_a_time_to_itself(string expiresOn, bool holds)
    {
        ExemptionSet set = Read(Entry(expiresOn: expiresOn));

        Assert.Equal(holds, set.Find(Server, "NET-001", Now) is not null);
        Assert.Equal(!holds, set.FindExpired(Server, "NET-001", Now) is not null);
        Assert.Contains(holds ? "expires on" : "exempts nothing", Assert.Single(set.Warnings(Now)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"createdOn\": \"2026-11-24\"", true)]
    [InlineData("\"createdOn\": \"2026-11-24T11:59:59Z\"", true)]
    [InlineData("\"createdOn\": \"2026-11-24T12:00:01Z\"", false)]
    public void One_holds_from_the_day_or_moment_that_it_names(string member, bool holds)
    {
        ExemptionSet set = Read(Entry().Replace("{", "{" + member + ",", StringComparison.Ordinal));
        Assert.Empty(set.Errors);
        Assert.Equal(holds, set.Find(Server, "NET-001", Now) is not null);
    }

    [Fact]
    public void A_beginning_that_is_no_date_is_an_error_and_one_that_is_survives_writing()
    {
        Assert.EndsWith("/createdOn", Assert.Single(Read(Entry().Replace("{", "{\"createdOn\": \"soon\",", StringComparison.Ordinal)).Errors).Pointer, StringComparison.Ordinal);
        Exemption exemption = Assert.Single(Read(Entry().Replace("{", "{\"createdOn\": \"2026-11-24T11:59:59.1234567Z\",", StringComparison.Ordinal)).Exemptions);
        ExemptionSet again = ExemptionFile.Parse($"[{ExemptionFileWriter.Write(exemption)}]", "e.json");
        Assert.Equal((exemption.CreatedOn, exemption.ExpiresOn), (again.Exemptions.Single().CreatedOn, again.Exemptions.Single().ExpiresOn));
    }

    [Fact]
    public void One_that_holds_for_long_is_no_warning() => Assert.Empty(Read(Entry(expiresOn: "2027-06-01")).Warnings(Now));

    [Theory]
    [InlineData("\"expiresOn\": \"soon\"", "/1/expiresOn")]
    [InlineData("\"expiresOn\": \"01/02/2027\"", "/1/expiresOn")]
    [InlineData("\"scope\": \"rg-one\"", "/1/scope")]
    [InlineData("\"controls\": []", "/1/controls")]
    [InlineData("\"owner\": \"  \"", "/1/owner")]
    [InlineData("\"ticket\": \"1\"", "/1/ticket")]
    public void A_broken_entry_is_an_error_with_its_index_and_the_others_stand(string broken, string pointer)
    {
        string key = broken.Split(':')[0];
        string[] members = EntryMembers("*", "NET-*", "2027-06-01").Where(member => !member.StartsWith(key, StringComparison.Ordinal)).Append(broken).ToArray();
        ExemptionSet set = Read(Entry(), "{" + string.Join(",", members) + "}", Entry(controls: "LOG-*"));

        Assert.Equal(2, set.Exemptions.Count);
        Assert.All(set.Errors, error => Assert.Equal(pointer, error.Pointer));
        Assert.NotEmpty(set.Errors);
    }

    [Fact]
    public void A_missing_member_is_an_error() =>
        Assert.Contains("'reason'", Assert.Single(Read("""{ "name": "n", "scope": "*", "controls": ["*"], "owner": "o", "expiresOn": "2027-01-01" }""").Errors).Reason, StringComparison.Ordinal);

    [Fact]
    public void Text_that_is_no_json_is_one_error() => Assert.Single(ExemptionFile.Parse("[{", "e.json").Errors);

    private static ExemptionSet Read(params string[] entries) => ExemptionFile.Parse("[" + string.Join(",", entries) + "]", "e.json");

    private static string Entry(string scope = "*", string controls = "NET-*", string expiresOn = "2027-06-01") =>
        "{" + string.Join(",", EntryMembers(scope, controls, expiresOn)) + "}";

    private static string[] EntryMembers(string scope, string controls, string expiresOn) =>
    [
        "\"name\": \"n\"", $"\"scope\": \"{scope}\"", $"\"controls\": [\"{controls}\"]", "\"reason\": \"r\"", "\"owner\": \"o\"",
        $"\"expiresOn\": \"{expiresOn}\"",
    ];
}
