using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// A control's remediation as the deployment that <c>DeployIfNotExists</c> makes, or the reason why there is none. Azure
/// Policy asks nobody before it deploys, so what has a guard is left to PgSecurity.
/// </summary>
internal sealed class PolicyDeployment
{
    private const string ServerName = "serverName";

    private PolicyDeployment(JsonObject? deployment, string[] roles, string reason)
    {
        Deployment = deployment;
        Roles = roles;
        Reason = reason;
    }

    /// <summary>The value of <c>details.deployment</c>; null where there is none.</summary>
    public JsonObject? Deployment { get; }

    /// <summary>The ids of the roles that it needs.</summary>
    public string[] Roles { get; }

    /// <summary>Why there is none; empty where PgSecurity does not repair the control either.</summary>
    public string Reason { get; }

    /// <summary>The deployment of a control.</summary>
    public static PolicyDeployment Of(ControlDefinition control)
    {
        ControlRemediation remediation = control.Remediation;
        string? related = PolicyCondition.RelatedType(control.Policy.Rule);
        if (remediation.Steps.Count == 0) return No("");
        if (related is null)
        {
            return No("The repair changes properties of the server. The effect modify takes only aliases that Azure marks as modifiable, and for flexible servers none is known to be.");
        }

        string[] guards = control.Guards.Where(guard => guard != "restart").ToArray();
        if (guards.Length > 0) return No($"The repair asks first ({string.Join(", ", guards)}), which Azure Policy cannot do.");
        if (remediation.Class is RemediationClass.Secret or RemediationClass.OneWay) return No("The repair cannot simply be taken back.");
        if (remediation.Steps.OfType<ChangeListStep>().Any())
        {
            return No("The repair adds to or takes from a list that others have a part in; a deployment can only replace the whole list.");
        }

        return remediation.Steps.All(step => IsDeployable(step, related))
            ? new PolicyDeployment(Build(control, remediation.Steps), PolicyRoles.For(related), "")
            : No("The repair has steps that a deployment cannot make.");
    }

    private static PolicyDeployment No(string reason) => new(null, Array.Empty<string>(), reason);

    private static bool IsDeployable(RemediationStep step, string related) => step switch
    {
        SetParameterStep => true,
        PutResourceStep put => string.Equals(put.Type, related, StringComparison.OrdinalIgnoreCase) && Version(put.Type) is not null,
        SetPropertiesStep set => set.Name is not null && set.Body is null && set.Properties is not null
            && string.Equals(set.Type, FacetTypes.ThreatProtection, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static JsonObject Build(ControlDefinition control, IReadOnlyList<RemediationStep> steps)
    {
        Dictionary<string, PolicyParameter> used = Used(control, steps);
        JsonObject given = new() { [ServerName] = Value("[field('name')]") };
        JsonObject declared = new() { [ServerName] = new JsonObject { ["type"] = "string" } };
        foreach (PolicyParameter parameter in used.Values)
        {
            given[parameter.Name] = Value($"[parameters('{parameter.Name}')]");
            declared[parameter.Name] = new JsonObject { ["type"] = TemplateType(parameter.Type) };
        }

        JsonArray resources = new();
        string? before = null;
        foreach (RemediationStep step in steps)
        {
            JsonObject resource = ResourceOf(step, used);
            // A server takes one write at a time.
            if (before is not null) resource["dependsOn"] = new JsonArray(before);
            before = (string?)resource["name"] is string name && PolicyStrings.IsExpression(name)
                ? $"[resourceId('{(string)resource["type"]!}', {Segments(step)})]"
                : null;
            resources.Add(resource);
        }

        return new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["mode"] = "incremental",
                ["parameters"] = given,
                ["template"] = new JsonObject
                {
                    ["$schema"] = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                    ["contentVersion"] = "1.0.0.0",
                    ["parameters"] = declared,
                    ["resources"] = resources,
                },
            },
        };
    }

    private static JsonObject Value(string text) => new() { ["value"] = text };

    private static Dictionary<string, PolicyParameter> Used(ControlDefinition control, IReadOnlyList<RemediationStep> steps)
    {
        HashSet<string> names = new(steps.SelectMany(ParametersOf), StringComparer.OrdinalIgnoreCase);
        return control.Policy.Parameters.Where(parameter => names.Contains(parameter.Name))
            .ToDictionary(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> ParametersOf(RemediationStep step) => step switch
    {
        SetParameterStep set => PolicyStrings.ParametersIn(set.Value),
        PutResourceStep put => PolicyStrings.ParametersIn(put.Properties).Concat(PolicyStrings.ParametersIn(JsonSerializer.SerializeToElement(put.Name))),
        SetPropertiesStep set => PolicyStrings.ParametersIn(set.Properties!.Value),
        _ => Array.Empty<string>(),
    };

    private static JsonObject ResourceOf(RemediationStep step, Dictionary<string, PolicyParameter> parameters) => step switch
    {
        SetParameterStep set => Resource(
            FacetTypes.Configurations,
            Literal(set.Name),
            new JsonObject { ["value"] = ParameterValue(set.Value, parameters), ["source"] = "user-override" }),
        PutResourceStep put => Resource(put.Type, Operand(put.Name), Properties(put.Properties, parameters)),
        SetPropertiesStep set => Resource(set.Type, Operand(set.Name!), ExportJson.Node(set.Properties!.Value)),
        _ => throw new InvalidOperationException($"A step of {step.GetType().Name} is not deployable."),
    };

    private static JsonObject Resource(string type, string name, JsonNode? properties)
    {
        bool isExtension = string.Equals(type, FacetTypes.DiagnosticSettings, StringComparison.OrdinalIgnoreCase);
        string provider = isExtension ? "'/Microsoft.Insights/'" : "'/'";
        return new JsonObject
        {
            ["type"] = isExtension ? FacetTypes.Server + "/providers/diagnosticSettings" : type,
            ["apiVersion"] = Version(type),
            ["name"] = $"[concat(parameters('{ServerName}'), {provider}, {name})]",
            ["properties"] = properties,
        };
    }

    private static string Segments(RemediationStep step) => step switch
    {
        SetParameterStep set => $"parameters('{ServerName}'), {Literal(set.Name)}",
        PutResourceStep put when string.Equals(put.Type, FacetTypes.DiagnosticSettings, StringComparison.OrdinalIgnoreCase) =>
            $"parameters('{ServerName}'), 'Microsoft.Insights', {Operand(put.Name)}",
        PutResourceStep put => $"parameters('{ServerName}'), {Operand(put.Name)}",
        SetPropertiesStep set => $"parameters('{ServerName}'), {Operand(set.Name!)}",
        _ => throw new InvalidOperationException($"A step of {step.GetType().Name} is not deployable."),
    };

    /// <summary>A server parameter's value: ARM takes nothing but strings there.</summary>
    private static JsonNode? ParameterValue(JsonElement value, Dictionary<string, PolicyParameter> parameters)
    {
        if (value.ValueKind != JsonValueKind.String) return StepValues.AsText(ExportJson.Node(value));
        string text = value.GetString()!;
        if (!PolicyStrings.IsExpression(text)) return text;
        string inner = Inner(text);
        PolicyParameterType? type = PolicyStrings.ParametersIn(value).Take(2).ToArray() is { Length: 1 } one && inner == $"parameters('{one[0]}')"
            ? parameters[one[0]].Type
            : null;
        return type switch
        {
            PolicyParameterType.String or PolicyParameterType.DateTime => text,
            PolicyParameterType.Boolean => $"[if({inner}, 'on', 'off')]",
            PolicyParameterType.Array => $"[join({inner}, ',')]",
            _ => $"[string({inner})]",
        };
    }

    /// <summary>
    /// The properties of a resource. A member that is an empty parameter is left out, as PgSecurity leaves it out.
    /// </summary>
    private static JsonNode? Properties(JsonElement properties, Dictionary<string, PolicyParameter> parameters)
    {
        List<string> optional = properties.EnumerateObject()
            .Where(member => member.Value.ValueKind == JsonValueKind.String && IsOptional(member.Value, parameters))
            .Select(member => member.Name).ToList();
        if (optional.Count == 0) return ExportJson.Node(properties);

        List<string> parts = new();
        foreach (JsonProperty member in properties.EnumerateObject())
        {
            string value = Expression(member.Value);
            string pair = $"createObject({Literal(member.Name)}, {value})";
            parts.Add(optional.Contains(member.Name) ? $"if(empty({value}), createObject(), {pair})" : pair);
        }

        return $"[union(createObject(), {string.Join(", ", parts)})]";
    }

    private static bool IsOptional(JsonElement value, Dictionary<string, PolicyParameter> parameters) =>
        PolicyStrings.IsExpression(value.GetString()!)
        && PolicyStrings.ParametersIn(value).ToArray() is { Length: 1 } one
        && parameters.TryGetValue(one[0], out PolicyParameter? parameter)
        && parameter.Type == PolicyParameterType.String
        && parameter.DefaultValue is { ValueKind: JsonValueKind.String } standard
        && standard.GetString()!.Length == 0;

    /// <summary>A value as an operand of the template language.</summary>
    private static string Expression(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Operand(value.GetString()!),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true()",
        JsonValueKind.False => "false()",
        JsonValueKind.Null => "null()",
        JsonValueKind.Array => $"createArray({string.Join(", ", value.EnumerateArray().Select(Expression))})",
        _ => $"createObject({string.Join(", ", value.EnumerateObject().SelectMany(member => new[] { Literal(member.Name), Expression(member.Value) }))})",
    };

    private static string Operand(string text) => PolicyStrings.IsExpression(text) ? Inner(text) : Literal(text);

    private static string Literal(string text) => "'" + string.Join("''", text.Split('\'')) + "'";

    private static string Inner(string expression) => expression.Substring(1, expression.Length - 2);

    private static string TemplateType(PolicyParameterType type) => type switch
    {
        PolicyParameterType.Integer => "int",
        PolicyParameterType.Boolean => "bool",
        PolicyParameterType.Array => "array",
        PolicyParameterType.Object => "object",
        _ => "string",
    };

    /// <summary>The API version in which a resource is deployed; null where the type is not deployed.</summary>
    private static string? Version(string type) =>
        string.Equals(type, FacetTypes.DiagnosticSettings, StringComparison.OrdinalIgnoreCase) ? "2021-05-01-preview"
        : type.StartsWith(FacetTypes.Server + "/", StringComparison.OrdinalIgnoreCase) ? "2025-08-01"
        : null;
}
