using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using Xunit;

namespace PgSecurity.Sandbox.Tests.Behaviours;

public sealed class GraphQueryTests
{
    private readonly TestEstate _estate = new(options =>
    {
        options.ManagementGroups["mine"] = new[] { TestEstate.Subscription };
        options.ManagementGroups["elsewhere"] = new[] { "99999999-2222-3333-4444-555555555555" };
    });

    public GraphQueryTests()
    {
        JsonObject other = TestEstate.ServerBody("db2");
        other["location"] = "West Europe";
        other["properties"]!["network"]!["publicNetworkAccess"] = "Disabled";
        _estate.Arm.Add(other);
    }

    [Theory]
    [InlineData("resources | where type =~ 'Microsoft.DBforPostgreSQL/flexibleServers' | project id, name", 2)]
    [InlineData("where type == 'microsoft.dbforpostgresql/flexibleservers'", 2)]
    [InlineData("resources | where type == 'Microsoft.DBforPostgreSQL/flexibleServers'", 0)]
    [InlineData("resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers' and properties.network.publicNetworkAccess =~ 'disabled'", 1)]
    [InlineData("resources | where type =~ 'microsoft.dbforpostgresql/flexibleservers' and (name == 'db1' or name == 'db2') and not(location == 'uksouth')", 1)]
    [InlineData("resources | where name in~ ('DB1', 'nobody')", 1)]
    [InlineData("resources | where name !in ('db1')", 1)]
    [InlineData("resources | where name startswith 'DB' | where isnotempty(tags)", 0)]
    [InlineData("resources | where properties['storage'].storageSizeGB >= 128 | take 1", 1)]
    [InlineData("resources | summarize count() by location", 2)]
    [InlineData("resourcecontainers | where type =~ 'microsoft.resources/subscriptions'", 1)]
    public void Queries_of_the_subset_are_answered(string query, int rows)
    {
        JsonObject answer = Ask(query).Json!.AsObject();
        Assert.Equal(rows, answer["data"]!.AsArray().Count);
        Assert.Equal(rows, answer.Whole("totalRecords"));
    }

    [Fact]
    public void Columns_are_named_as_the_service_names_them()
    {
        JsonObject row = Ask("resources | where name == 'db2' | extend open = tostring(properties.network.publicNetworkAccess) | project name, open, properties.version, tier = sku.tier, location")
            .Json!["data"]![0]!.AsObject();
        Assert.Equal(new[] { "name", "open", "properties_version", "tier", "location" }, row.Select(member => member.Key));
        Assert.Equal(("Disabled", "GeneralPurpose", "westeurope"), (row.Text("open"), row.Text("tier"), row.Text("location")));
    }

    [Fact]
    public void Rows_come_in_pages()
    {
        JsonObject first = Ask("resources | order by name asc | project name", """{"$top":1}""").Json!.AsObject();
        Assert.Equal("db1", first["data"]![0]!["name"]!.GetValue<string>());
        JsonObject second = Ask("resources | order by name asc | project name", $$"""{"$top":1,"$skipToken":"{{first.Text("$skipToken")}}"}""").Json!.AsObject();
        Assert.Equal("db2", second["data"]![0]!["name"]!.GetValue<string>());
        Assert.Null(second.Text("$skipToken"));
    }

    [Theory]
    [InlineData("resources | where name ==")]
    [InlineData("resources | evaluate bag_unpack(properties)")]
    [InlineData("resources | where levenshtein(name) == 1")]
    [InlineData("resources where | name")]
    [InlineData("secrets | take 1")]
    public void Others_are_refused_in_the_services_form(string query)
    {
        SandboxResponse refused = Ask(query);
        Assert.Equal(400, refused.Status);
        Assert.Equal("BadRequest", refused.Json!.AsObject().Text("error", "code"));
        Assert.NotEmpty(refused.Json!["error"]!["details"]!.AsArray());
    }

    [Theory]
    [InlineData("mine", 2)]
    [InlineData("MINE", 2)]
    [InlineData("elsewhere", 0)]
    public void A_management_group_means_the_subscriptions_below_it(string group, int rows) =>
        Assert.Equal(rows, AskGroup(group).Json!["data"]!.AsArray().Count);

    [Fact]
    public void The_root_group_has_the_name_of_the_tenant() =>
        Assert.Equal(2, AskGroup(_estate.Arm.Options.TenantId).Json!["data"]!.AsArray().Count);

    [Fact]
    public void A_management_group_that_is_not_there_is_refused()
    {
        SandboxResponse refused = AskGroup("nobody");
        Assert.Equal(400, refused.Status);
        Assert.Equal("ManagementGroupsContainInvalidIds", refused.Json!["error"]!["details"]![0]!.AsObject().Text("code"));
    }

    private SandboxResponse AskGroup(string group) => _estate.Send(
        "POST",
        "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
        new JsonObject { ["query"] = "resources | project id", ["managementGroups"] = new JsonArray(group) }.ToJsonString());

    private SandboxResponse Ask(string query, string options = "{}") => _estate.Send(
        "POST",
        "/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01",
        new JsonObject { ["query"] = query, ["subscriptions"] = new JsonArray(TestEstate.Subscription), ["options"] = JsonNode.Parse(options) }.ToJsonString());
}
