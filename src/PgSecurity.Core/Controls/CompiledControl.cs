using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Controls;

/// <summary>A control with the values that an organisation chose, ready to be evaluated on any number of postures.</summary>
public sealed class CompiledControl
{
    private CompiledControl(
        ControlDefinition definition,
        CompiledPolicy policy,
        IReadOnlyList<CompiledApplicability> appliesTo,
        IReadOnlyDictionary<string, JsonElement> parameters,
        Severity severity)
    {
        Definition = definition;
        Policy = policy;
        AppliesTo = appliesTo;
        Parameters = parameters;
        Severity = severity;
        Recommendation = definition.Remediation.Manual.Length == 0
            ? definition.Remediation.Text
            : $"{definition.Remediation.Text} {definition.Remediation.Manual}";
        string server = FacetTypes.Server;
        FacetsRead = FacetSources.Of(policy.Types.Concat(appliesTo.Select(condition => condition.Type ?? server)))
            .Where(type => !DerivedFacets.TryGet(type, out _))
            .ToList();
        RequiredFacets = FacetsRead.Contains(server, StringComparer.OrdinalIgnoreCase) ? FacetsRead : FacetsRead.Append(server).ToList();
    }

    /// <summary>The control.</summary>
    public ControlDefinition Definition { get; }

    /// <summary>The compiled rule.</summary>
    public CompiledPolicy Policy { get; }

    /// <summary>When it concerns a server.</summary>
    public IReadOnlyList<CompiledApplicability> AppliesTo { get; }

    /// <summary>The values of its parameters in force, by name without regard to case.</summary>
    public IReadOnlyDictionary<string, JsonElement> Parameters { get; }

    /// <summary>The severity in force.</summary>
    public Severity Severity { get; }

    /// <summary>The facets that must be collected for it; of derived ones the sources.</summary>
    public IReadOnlyCollection<string> RequiredFacets { get; }

    /// <summary>The facets that its rule and its conditions look at; of derived ones the sources.</summary>
    public IReadOnlyCollection<string> FacetsRead { get; }

    /// <summary>Compiles a control.</summary>
    /// <exception cref="ControlFormatException">The rule, a condition or a value does not compile.</exception>
    public static CompiledControl Compile(ControlDefinition definition, ControlSettings settings)
    {
        try
        {
            Dictionary<string, JsonElement> chosen = new(StringComparer.OrdinalIgnoreCase);
            Dictionary<string, JsonElement> inForce = new(StringComparer.OrdinalIgnoreCase);
            foreach (PolicyParameter parameter in definition.Policy.Parameters)
            {
                if (Chosen(definition, parameter, settings) is JsonElement value)
                {
                    chosen[parameter.Name] = value;
                    inForce[parameter.Name] = value;
                }
                else if (parameter.DefaultValue is JsonElement standard)
                {
                    inForce[parameter.Name] = standard;
                }
            }

            return new CompiledControl(
                definition,
                definition.Policy.Compile(chosen),
                definition.AppliesTo.Select(condition => CompiledApplicability.Compile(condition, inForce, definition)).ToList(),
                inForce,
                ControlCatalog.SeverityOf(definition, settings));
        }
        catch (PolicyLoadException exception)
        {
            throw new ControlFormatException(new[] { ControlJson.ErrorOf(exception, definition.Path) });
        }
    }

    /// <summary>The control as a user sees it.</summary>
    public Control Describe() => new()
    {
        ControlId = Definition.Id,
        Section = Definition.Section,
        Title = Definition.Title,
        Description = Definition.Description,
        Severity = Severity,
        Rationale = Definition.Rationale,
        Guide = Definition.Guide,
        Impact = Definition.Impact,
        Recommendation = Recommendation,
        IsRemediable = Definition.Remediation.Steps.Count > 0,
        Benchmarks = Definition.Benchmarks,
        Replaces = Definition.Replaces.Select(check => $"{check.Peer}: {check.Check}").ToList(),
        Profiles = Definition.Profiles,
        Parameters = Definition.Policy.Parameters.Select(Describe).ToList(),
        Facets = RequiredFacets.ToList(),
        Requires = Definition.Requires,
        Path = Definition.Path,
    };

    /// <summary>What to do when it fails; where PgSecurity cannot, why not.</summary>
    public string Recommendation { get; }

    private ControlParameter Describe(PolicyParameter parameter) => new(
        parameter.Name,
        parameter.Type.ToString(),
        Parameters.TryGetValue(parameter.Name, out JsonElement value) ? value.GetRawText() : "",
        parameter.Description);

    private static JsonElement? Chosen(ControlDefinition definition, PolicyParameter parameter, ControlSettings settings)
    {
        IReadOnlyDictionary<string, JsonElement> source =
            ControlCatalog.IsEffect(parameter) ? settings.Effects : settings.Parameters;
        string key = ControlCatalog.IsEffect(parameter) ? definition.Id : parameter.Name;
        return source.TryGetValue(key, out JsonElement value) ? value : null;
    }
}
