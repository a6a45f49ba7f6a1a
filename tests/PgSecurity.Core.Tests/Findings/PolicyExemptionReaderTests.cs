using System;
using System.IO;
using System.Linq;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Findings;

public sealed class PolicyExemptionReaderTests : IDisposable
{
    private const string Subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
    private const string Assignment = Subscription + "/providers/Microsoft.Authorization/policyAssignments/pg";
    private const string PublicAccess = "/providers/Microsoft.Authorization/policyDefinitions/5e1de0e3-42cb-4ebc-a86d-61d0c619ca48";
    private const string Initiative = Subscription + "/providers/Microsoft.Authorization/policySetDefinitions/pgsecurity";

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void An_exemption_of_a_definition_that_a_control_corresponds_to_is_taken_over()
    {
        Exemption exemption = Assert.Single(Read($"[ {Exempt()}, {Assigned(PublicAccess)} ]").Exemptions);
        Assert.Equal(Subscription + "/resourceGroups/rg", exemption.Scope);
        Assert.Contains("NET-001", exemption.Controls);
        Assert.Equal(new DateTimeOffset(2027, 1, 31, 12, 0, 0, TimeSpan.Zero), exemption.ExpiresOn);
        Assert.Equal("Waiver in Azure Policy: Moves soon.", exemption.Reason);
        Assert.Equal("me@contoso.com", exemption.Owner);
    }

    [Fact]
    public void Of_an_initiative_only_what_is_exempt_is_taken_over()
    {
        string set = $$"""
            { "id": "{{Initiative}}", "properties": { "policyDefinitions": [
            { "policyDefinitionReferenceId": "DAT-001", "policyDefinitionId": "{{Subscription}}/providers/Microsoft.Authorization/policyDefinitions/pgsecurity-dat-001" },
            { "policyDefinitionReferenceId": "LOG-005", "policyDefinitionId": "{{Subscription}}/providers/Microsoft.Authorization/policyDefinitions/pgsecurity-log-005" } ] } }
            """;
        string partly = $"[ {Exempt("\"policyDefinitionReferenceIds\": [\"log-005\"],")}, {Assigned(Initiative)}, {set} ]";
        Assert.Equal(["LOG-005"], Assert.Single(Read(partly).Exemptions).Controls);
        Assert.Equal(["DAT-001", "LOG-005"], Assert.Single(Read($"[ {Exempt()}, {Assigned(Initiative)}, {set} ]").Exemptions).Controls);
    }

    [Theory]
    [InlineData("\"resourceSelectors\": [ { \"name\": \"x\" } ],", "resourceSelectors")]
    [InlineData("\"expiresOn\": null,", "no end")]
    public void What_cannot_be_told_for_certain_exempts_nothing(string member, string reason)
    {
        string exempt = Exempt(member);
        if (member.Contains("expiresOn", StringComparison.Ordinal)) exempt = exempt.Replace("\"expiresOn\": \"2027-01-31T12:00:00Z\",", "", StringComparison.Ordinal);
        ExemptionSet read = Read($"[ {exempt}, {Assigned(PublicAccess)} ]");
        Assert.Empty(read.Exemptions);
        Assert.Contains(reason, Assert.Single(read.Errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_in_the_files_or_not_ours_exempts_nothing()
    {
        Assert.Contains("assignment", Assert.Single(Read(Exempt()).Errors).Reason, StringComparison.Ordinal);
        Assert.Contains("initiative", Assert.Single(Read($"[ {Exempt()}, {Assigned(Initiative)} ]").Errors).Reason, StringComparison.Ordinal);
        Assert.Contains("No control", Assert.Single(Read($"[ {Exempt()}, {Assigned(PublicAccess + "0")} ]").Errors).Reason, StringComparison.Ordinal);
        string group = Exempt().Replace(Subscription + "/resourceGroups/rg", "/providers/Microsoft.Management/managementGroups/contoso", StringComparison.Ordinal);
        Assert.Contains("management group", Assert.Single(Read($"[ {group}, {Assigned(PublicAccess)} ]").Errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_end_and_an_owner_can_be_given_for_those_that_have_none()
    {
        string bare = Exempt().Replace("\"expiresOn\": \"2027-01-31T12:00:00Z\",", "", StringComparison.Ordinal).Replace("\"systemData\"", "\"other\"", StringComparison.Ordinal);
        DateTimeOffset end = new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Exemption exemption = Assert.Single(Read($"[ {bare}, {Assigned(PublicAccess)} ]", new PolicyExemptionReader(Catalogue.All, "owner", end)).Exemptions);
        Assert.Equal(("owner", end), (exemption.Owner, exemption.ExpiresOn));
    }

    private static string Exempt(string more = "") => $$"""
        { "id": "{{Subscription}}/resourceGroups/rg/providers/Microsoft.Authorization/policyExemptions/x", "name": "x",
          "properties": { {{more}} "policyAssignmentId": "{{Assignment}}", "exemptionCategory": "Waiver", "expiresOn": "2027-01-31T12:00:00Z",
            "displayName": "Reporting", "description": "Moves soon." },
          "systemData": { "createdBy": "me@contoso.com" } }
        """;

    private static string Assigned(string definition) =>
        $$"""{ "id": "{{Assignment}}", "properties": { "policyDefinitionId": "{{definition}}" } }""";

    private ExemptionSet Read(string json, PolicyExemptionReader? reader = null)
    {
        reader ??= new PolicyExemptionReader(Catalogue.All);
        File.WriteAllText(_path, json);
        reader.AddFile(_path);
        return reader.Finish();
    }
}
