using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// The initiative of exported definitions: groups for the sections of the guide and for every benchmark recommendation
/// that they answer, so that the regulatory compliance view shows them; the definitions' parameters lifted, one a name,
/// the effects one a definition.
/// </summary>
internal static class PolicyInitiative
{
    /// <summary>The initiative's <c>properties</c>.</summary>
    public static JsonObject Of(IReadOnlyList<ExportedPolicy> policies, PolicyExportOptions options)
    {
        JsonArray definitions = new();
        JsonObject parameters = new();
        JsonArray groups = new();
        foreach (ExportedPolicy policy in policies)
        {
            Lift(policy, parameters);
            definitions.Add(Reference(policy, options));
        }

        foreach (PolicyGroup group in policies.SelectMany(policy => PolicyGroup.Of(policy.Control))
            .GroupBy(group => group.Name, StringComparer.OrdinalIgnoreCase).Select(same => same.First())
            .OrderBy(group => group.Rank).ThenBy(group => group.Name, StringComparer.Ordinal))
        {
            groups.Add(group.ToJson());
        }

        return new JsonObject
        {
            ["displayName"] = PolicyTexts.Title(options.Title),
            ["description"] = PolicyTexts.Description(
                "What Microsoft's guide 'Secure your Azure Database for PostgreSQL Server' asks for, as far as Azure Policy can tell. Groups name the sections of the guide and the benchmark recommendations that each definition answers."),
            ["policyType"] = "Custom",
            ["metadata"] = new JsonObject { ["version"] = options.Version, ["category"] = "Regulatory Compliance" },
            ["parameters"] = parameters,
            ["policyDefinitions"] = definitions,
            ["policyDefinitionGroups"] = groups,
        };
    }

    private static JsonObject Reference(ExportedPolicy policy, PolicyExportOptions options)
    {
        JsonArray names = new();
        foreach (string name in PolicyGroup.Of(policy.Control).Select(group => group.Name).Distinct(StringComparer.OrdinalIgnoreCase)) names.Add(name);
        JsonObject values = new();
        foreach (PolicyParameter parameter in policy.Parameters)
        {
            values[parameter.Name] = new JsonObject { ["value"] = $"[parameters('{LiftedName(policy, parameter)}')]" };
        }

        return new JsonObject
        {
            ["policyDefinitionReferenceId"] = policy.Control.Id,
            ["policyDefinitionId"] = options.Scope.IdOf(PolicyTypes.Definition, policy.Name),
            ["parameters"] = values,
            ["groupNames"] = names,
        };
    }

    /// <summary>A name means the same in every control; an effect is each control's own.</summary>
    private static string LiftedName(ExportedPolicy policy, PolicyParameter parameter) =>
        ControlCatalog.IsEffect(parameter) ? $"effect-{policy.Control.Id}" : parameter.Name;

    private static void Lift(ExportedPolicy policy, JsonObject into)
    {
        foreach (PolicyParameter parameter in policy.Parameters)
        {
            string name = LiftedName(policy, parameter);
            if (into.Any(known => string.Equals(known.Key, name, StringComparison.OrdinalIgnoreCase))) continue;
            JsonObject declaration = (JsonObject)ExportJson.Copy(policy.Properties["parameters"]![parameter.Name])!;
            if (ControlCatalog.IsEffect(parameter))
            {
                ((JsonObject)declaration["metadata"]!)["displayName"] = PolicyTexts.Title($"Effect of {policy.Control.Id}: {policy.Control.Title}");
            }

            into[name] = declaration;
        }
    }
}
