using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using NJsonSchema;
using NJsonSchema.References;
using PgSecurity.Core.Exports.AzurePolicy;
using PgSecurity.Core.Tests.Exports;
using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>
/// The export to Azure Policy as Microsoft's Bicep compiler reads it, which knows the published types of definitions and
/// initiatives; and every rule by the published schema of rules.
/// </summary>
public sealed class PolicyValidationTests
{
    [ValidatorTheory(ValidatorProgram.Bicep)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_compiler_makes_the_ARM_template_of_the_Bicep_file_without_a_warning(bool isGroup)
    {
        PolicyExport export = CatalogueExport.Of(isGroup ? PolicyScope.ManagementGroup("contoso") : PolicyScope.Subscription(Guid.Empty));
        (string messages, JsonNode? compiled) = await CompileAsync(TextOf(export, PolicyFormat.Bicep));
        JsonNode written = JsonNode.Parse(TextOf(export, PolicyFormat.Arm))!;

        Assert.Equal("", messages);
        Assert.Equal((string?)written["$schema"], (string?)compiled!["$schema"]);
        JsonObject[] theirs = Resources(compiled), ours = Resources(written);
        Assert.Equal(ours.Select(resource => (string?)resource["name"]), theirs.Select(resource => (string?)resource["name"]));
        Assert.All(ours.Zip(theirs), pair => Assert.True(JsonNode.DeepEquals(pair.First, pair.Second), (string?)pair.First["name"]));
    }

    [ValidatorTheory(ValidatorProgram.Bicep)]
    [InlineData("policyDefinitionId: ", "policyDefinition: ")]
    [InlineData("mode: 'All'", "mode: 7")]
    public async Task The_compiler_would_find(string right, string wrong)
    {
        string bicep = TextOf(CatalogueExport.Whole, PolicyFormat.Bicep);
        Assert.Contains(right, bicep, StringComparison.Ordinal);
        (string messages, _) = await CompileAsync(bicep.Replace(right, wrong, StringComparison.Ordinal));
        Assert.NotEqual("", messages);
    }

    [OfficialSchemaFact(OfficialSchema.PolicyRule, OfficialSchema.ArmExpressions)]
    public async Task Every_rule_is_valid_by_the_schema_of_rules()
    {
        JsonSchema schema = await RuleSchemaAsync();
        Assert.All(CatalogueExport.Whole.Policies, policy => Assert.Empty(schema.Validate(policy.Properties["policyRule"]!.ToJsonString())));
        string rule = CatalogueExport.Find("NET-001").Properties["policyRule"]!.ToJsonString();
        Assert.NotEmpty(schema.Validate(rule.Replace("\"equals\"", "\"equal\"", StringComparison.Ordinal)));
    }

    /// <summary>The schema refers to two others by their address: the one of expressions is given, the one of a deployment is left open.</summary>
    private static async Task<JsonSchema> RuleSchemaAsync()
    {
        JsonSchema expressions = await OfficialSchema.ReadAsync(OfficialSchema.ArmExpressions);
        JsonSchema deployments = await JsonSchema.FromJsonAsync("""{ "definitions": { "DeploymentProperties": { "type": "object" } } }""");
        return await JsonSchema.FromJsonAsync(
            await File.ReadAllTextAsync(OfficialSchema.PathOf(OfficialSchema.PolicyRule)),
            ".",
            schema =>
            {
                JsonReferenceResolver references = new(new JsonSchemaAppender(schema, new DefaultTypeNameGenerator()));
                references.AddDocumentReference("https://schema.management.azure.com/schemas/common/definitions.json", expressions);
                references.AddDocumentReference("https://schema.management.azure.com/schemas/2018-05-01/Microsoft.Resources.json", deployments);
                return references;
            });
    }

    private static string TextOf(PolicyExport export, PolicyFormat format) =>
        PolicyFiles.Of(export, format).Single(file => file.Path is "main.bicep" or "azuredeploy.json").Content;

    /// <summary>The resources by name; what an initiative depends on in the order of names, which says nothing.</summary>
    private static JsonObject[] Resources(JsonNode template)
    {
        JsonObject[] resources = ((JsonArray)template["resources"]!).Select(resource => (JsonObject)resource!).OrderBy(resource => (string?)resource["name"], StringComparer.Ordinal).ToArray();
        foreach (JsonObject resource in resources.Where(resource => resource["dependsOn"] is not null))
        {
            List<string?> names = ((JsonArray)resource["dependsOn"]!).Select(one => (string?)one).Order(StringComparer.Ordinal).ToList();
            resource["dependsOn"] = new JsonArray(names.Select(name => (JsonNode?)name).ToArray());
        }

        return resources;
    }

    /// <summary>What the compiler says, and the template that it makes; none where there is an error.</summary>
    private static async Task<(string Messages, JsonNode? Template)> CompileAsync(string bicep)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pgsecurity-bicep-");
        try
        {
            string file = Path.Combine(folder.FullName, "main.bicep"), template = Path.Combine(folder.FullName, "main.json");
            await File.WriteAllTextAsync(file, bicep);
            (int code, string output) = await ValidatorProgram.RunAsync(ValidatorProgram.PathOf(ValidatorProgram.Bicep), ["build", file, "--outfile", template]);
            string messages = string.Join("\n", output.Split('\n').Where(line => line.Contains(" : ", StringComparison.Ordinal)));
            if (code != 0) return (messages.Length > 0 ? messages : $"exit code {code}: {output}", null);
            return (messages, JsonNode.Parse(await File.ReadAllTextAsync(template)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
