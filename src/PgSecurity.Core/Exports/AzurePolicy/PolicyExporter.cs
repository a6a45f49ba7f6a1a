using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// Makes definitions and an initiative of Azure Policy of controls. A definition says what the control says, or the
/// control is left out with the reason; none is weakened to fit.
/// </summary>
public static class PolicyExporter
{
    private const string DeployIfNotExists = "DeployIfNotExists";

    /// <summary>Azure Policy takes no more parameters in a definition.</summary>
    private const int MostParameters = 20;

    /// <summary>Exports controls with the values in force as defaults.</summary>
    public static PolicyExport Export(IEnumerable<CompiledControl> controls, PolicyExportOptions options)
    {
        List<ExportedPolicy> policies = new();
        List<LeftOutControl> leftOut = new();
        foreach (CompiledControl control in controls)
        {
            PolicyCondition condition = PolicyCondition.Of(control);
            if (condition.If is null)
            {
                leftOut.Add(new LeftOutControl(control.Definition.Id, control.Definition.Title, condition.Reason));
                continue;
            }

            ExportedPolicy policy = Export(control, condition, options);
            if (policy.Parameters.Count <= MostParameters)
            {
                policies.Add(policy);
            }
            else
            {
                leftOut.Add(new LeftOutControl(
                    control.Definition.Id, control.Definition.Title, $"It has more than {MostParameters} parameters, which Azure Policy does not take."));
            }
        }

        return new PolicyExport(policies, PolicyInitiative.Of(policies, options), leftOut, options);
    }

    private static ExportedPolicy Export(CompiledControl compiled, PolicyCondition condition, PolicyExportOptions options)
    {
        ControlDefinition control = compiled.Definition;
        PolicyDeployment deployment = PolicyDeployment.Of(control);
        JsonObject rule = new() { ["if"] = condition.If, ["then"] = Then(control, deployment) };
        PolicyComparands.WriteAsText(rule["if"]);
        PolicyComparands.WriteAsText((rule["then"]!["details"] as JsonObject)?["existenceCondition"]);
        JsonElement written = JsonSerializer.SerializeToElement(rule);
        List<PolicyParameter> parameters = Used(control, written);
        List<string> notes = new(condition.Notes);
        IReadOnlyList<string> unverified = PolicyAliases.Unverified(PolicyStrings.FieldsIn(written));
        if (unverified.Count > 0) notes.Add($"No built-in definition is known to use {string.Join(", ", unverified)}; Azure refuses the definition if an alias does not exist.");
        return new ExportedPolicy
        {
            Control = control,
            Name = $"{options.Prefix}-{control.Id}".ToLower(CultureInfo.InvariantCulture),
            Properties = new JsonObject
            {
                ["displayName"] = PolicyTexts.Title($"PgSecurity {control.Id}: {control.Title}"),
                ["description"] = PolicyTexts.Description(control.Description),
                ["policyType"] = "Custom",
                ["mode"] = "All",
                ["metadata"] = Metadata(compiled, options),
                ["parameters"] = Parameters(parameters, compiled, deployment.Deployment is not null),
                ["policyRule"] = rule,
            },
            Parameters = parameters,
            CanDeploy = deployment.Deployment is not null,
            WhyNoDeployment = deployment.Reason,
            Notes = notes,
        };
    }

    private static JsonObject Then(ControlDefinition control, PolicyDeployment deployment)
    {
        JsonObject then = (JsonObject)ExportJson.Node(control.Policy.Rule.GetProperty("then"))!;
        if (deployment.Deployment is null) return then;
        JsonArray roles = new();
        foreach (string role in deployment.Roles) roles.Add(role);
        JsonObject details = (JsonObject)then["details"]!;
        details["roleDefinitionIds"] = roles;
        details["deployment"] = deployment.Deployment;
        return then;
    }

    private static JsonObject Metadata(CompiledControl control, PolicyExportOptions options) => new()
    {
        ["version"] = options.Version,
        ["category"] = "PostgreSQL",
        ["pgSecurity"] = new JsonObject
        {
            ["id"] = control.Definition.Id,
            ["section"] = control.Definition.Section,
            ["severity"] = control.Severity.ToString(),
        },
    };

    /// <summary>The parameters that the exported rule uses: Azure refuses a definition with one that it does not use.</summary>
    private static List<PolicyParameter> Used(ControlDefinition control, JsonElement rule)
    {
        HashSet<string> used = new(PolicyStrings.ParametersIn(rule), StringComparer.OrdinalIgnoreCase);
        return control.Policy.Parameters.Where(parameter => used.Contains(parameter.Name)).ToList();
    }

    private static JsonObject Parameters(IReadOnlyList<PolicyParameter> parameters, CompiledControl control, bool canDeploy)
    {
        JsonObject declared = new();
        foreach (PolicyParameter parameter in parameters)
        {
            declared[parameter.Name] = Declaration(parameter, control, canDeploy);
        }

        return declared;
    }

    /// <summary>The declaration of a parameter, with the value in force as its default.</summary>
    internal static JsonObject Declaration(PolicyParameter parameter, CompiledControl control, bool canDeploy)
    {
        bool isEffect = ControlCatalog.IsEffect(parameter);
        JsonObject metadata = new()
        {
            ["displayName"] = isEffect ? "Effect" : parameter.Name,
            ["description"] = PolicyTexts.Description(Describe(parameter, isEffect, canDeploy)),
        };
        JsonObject declaration = new() { ["type"] = parameter.Type.ToString(), ["metadata"] = metadata };
        List<JsonNode?> allowed = parameter.AllowedValues.Select(ExportJson.Node).ToList();
        if (isEffect && canDeploy && allowed.Count > 0) allowed.Insert(allowed.Count - 1, DeployIfNotExists);
        if (allowed.Count > 0)
        {
            JsonArray values = new();
            foreach (JsonNode? value in allowed) values.Add(value);
            declaration["allowedValues"] = values;
        }

        if (control.Parameters.TryGetValue(parameter.Name, out JsonElement inForce)) declaration["defaultValue"] = ExportJson.Node(inForce);
        return declaration;
    }

    private static string Describe(PolicyParameter parameter, bool isEffect, bool canDeploy) =>
        !isEffect ? parameter.Description
        : canDeploy ? "What is done about a server that does not meet the control: it is reported, or (DeployIfNotExists) it is changed; Disabled turns the definition off."
        : "What is done about a server that does not meet the control; Disabled turns the definition off.";
}
