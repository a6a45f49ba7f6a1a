using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Snapshots;
using PgSecurity.Core.Tests.BuiltInPolicies;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Exports;

/// <summary>A deployment of an exported definition, made on paper, brings a failing server to compliance.</summary>
public class PolicyDeploymentTests
{
    public static IEnumerable<object[]> OfParameters() => CatalogueExport.Whole.Policies
        .Where(policy => policy.CanDeploy && RelatedType(policy) == FacetTypes.Configurations)
        .Select(policy => new object[] { policy.Control.Id });

    [Theory]
    [MemberData(nameof(OfParameters))]
    public void What_it_deploys_meets_the_definition(string id)
    {
        ExportedPolicy policy = CatalogueExport.Find(id);
        CompiledPolicy compiled = CatalogueExport.Load(policy).Compile();
        (string name, Posture failing) = PostureCorpus.All.First(one => compiled.Evaluate(one.Posture) == PolicyOutcome.NonCompliant
            && one.Posture.FacetOf(FacetTypes.Configurations).Find(Name(policy)) is not null);
        Posture repaired = Deploy(policy, failing);
        Assert.True(compiled.Evaluate(repaired) == PolicyOutcome.Compliant, name);
    }

    [Fact]
    public void An_empty_parameter_is_left_out_of_a_resource()
    {
        JsonNode details = CatalogueExport.Find("IDN-003").Properties["policyRule"]!["then"]!["details"]!;
        string properties = (string)details["deployment"]!["properties"]!["template"]!["resources"]![0]!["properties"]!;
        Assert.Contains("if(empty(parameters('entraTenantId')), createObject(), createObject('tenantId', parameters('entraTenantId')))", properties, StringComparison.Ordinal);
    }

    private static Posture Deploy(ExportedPolicy policy, Posture posture)
    {
        using StringWriter written = new();
        SnapshotWriter.Write(written, posture);
        JsonObject line = (JsonObject)JsonNode.Parse(written.ToString())!;
        JsonArray resources = (JsonArray)((JsonArray)line["facets"]!)
            .Single(facet => string.Equals((string)facet!["type"]!, FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase))!["resources"]!;
        Dictionary<string, JsonElement> parameters = new(CatalogueExport.Load(policy).Parameters.ToDictionary(one => one.Name, one => one.DefaultValue!.Value))
        {
            ["serverName"] = JsonSerializer.SerializeToElement(posture.Id.Name),
        };
        foreach (JsonNode? resource in (JsonArray)policy.Properties["policyRule"]!["then"]!["details"]!["deployment"]!["properties"]!["template"]!["resources"]!)
        {
            string name = StepValues.ResolveString(JsonSerializer.SerializeToElement(resource!["name"]), parameters);
            string value = StepValues.ResolveString(JsonSerializer.SerializeToElement(resource["properties"]!["value"]), parameters);
            Assert.StartsWith(posture.Id.Name + "/", name, StringComparison.Ordinal);
            JsonNode target = resources.Single(one => string.Equals((string)one!["name"]!, name.Split('/')[1], StringComparison.OrdinalIgnoreCase))!;
            target["properties"]!["value"] = value;
        }

        return PostureReader.ReadText(line.ToJsonString(), "deployed").Single().Posture!;
    }

    private static string? RelatedType(ExportedPolicy policy) => (string?)policy.Properties["policyRule"]!["then"]!["details"]?["type"];

    private static string Name(ExportedPolicy policy) => (string)policy.Properties["policyRule"]!["then"]!["details"]!["name"]!;
}
