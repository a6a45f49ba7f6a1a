using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;

namespace PgSecurity.Core.Controls;

/// <summary>The controls there are, in the order in which findings come: by section, then by id.</summary>
public sealed class ControlCatalog
{
    private ControlCatalog(IReadOnlyList<ControlDefinition> controls, IReadOnlyList<ControlError> errors)
    {
        Controls = controls;
        Errors = errors;
    }

    /// <summary>A catalogue of nothing.</summary>
    public static ControlCatalog Empty { get; } = new(Array.Empty<ControlDefinition>(), Array.Empty<ControlError>());

    /// <summary>The controls.</summary>
    public IReadOnlyList<ControlDefinition> Controls { get; }

    /// <summary>What is wrong with files that were left out.</summary>
    public IReadOnlyList<ControlError> Errors { get; }

    /// <summary>Loads every control below a directory. A broken file is an error; the others load.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such directory.</exception>
    public static ControlCatalog Load(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"There is no directory of controls '{directory}'.");
        }

        List<ControlDefinition> controls = new();
        List<ControlError> errors = new();
        foreach (string path in Directory.EnumerateFiles(directory, "*.json", SearchOption.AllDirectories).OrderBy(path => path, StringComparer.Ordinal))
        {
            try
            {
                controls.Add(ControlReader.Read(path));
            }
            catch (ControlFormatException exception)
            {
                errors.AddRange(exception.Errors);
            }
        }

        return Of(controls, errors);
    }

    /// <summary>This catalogue with policy definitions of anybody.</summary>
    /// <param name="paths">Files, each with one definition, an array of them, a list response of ARM, or a template that makes some.</param>
    public ControlCatalog WithDefinitions(IEnumerable<string> paths)
    {
        List<ControlError> errors = new(Errors);
        List<ControlDefinition> controls = new(Controls);
        foreach (string path in paths)
        {
            controls.AddRange(PlainControl.Read(path, errors));
        }

        return Of(controls, errors);
    }

    /// <summary>The control of an id (case-insensitive), or null.</summary>
    public ControlDefinition? Find(string id) =>
        Controls.FirstOrDefault(control => string.Equals(control.Id, id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The controls that a selection wants, in order.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="settings">What severities are in force; null for those of the files.</param>
    public IReadOnlyList<ControlDefinition> Select(ControlSelection selection, ControlSettings? settings = null) =>
        Controls.Where(control => selection.Includes(control, SeverityOf(control, settings))).ToList();

    /// <summary>The ids and patterns of a selection that no control answers, each as a sentence with the nearest ids.</summary>
    public IReadOnlyList<string> Unmatched(ControlSelection selection)
    {
        List<string> ids = Controls.Select(control => control.Id).ToList();
        List<string> sections = Controls.Select(control => control.Section).Distinct(StringComparer.Ordinal).ToList();
        return Strangers(selection.Ids, ids, "control")
            .Concat(Strangers(selection.Sections, sections, "section"))
            .Concat(selection.Benchmarks
                .Where(pattern => !Controls.Any(control => ControlSelection.Answers(control, pattern)))
                .Select(pattern => $"No control answers the benchmark '{pattern}'. "
                    + NearestNames.Advice(pattern, BenchmarkNames.All, $"Known are {string.Join(", ", BenchmarkNames.All)}.")))
            .ToList();
    }

    /// <summary>The severity of a control that is in force.</summary>
    public static Severity SeverityOf(ControlDefinition control, ControlSettings? settings) =>
        settings is not null && settings.Severities.TryGetValue(control.Id, out Severity severity) ? severity : control.Severity;

    /// <summary>The parameters of all controls by name, without the effects: one meaning each.</summary>
    public IReadOnlyDictionary<string, PolicyParameter> Parameters()
    {
        Dictionary<string, PolicyParameter> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (PolicyParameter parameter in Controls.Where(control => !control.IsPlain).SelectMany(control => control.Policy.Parameters))
        {
            if (!IsEffect(parameter) && !parameters.ContainsKey(parameter.Name)) parameters.Add(parameter.Name, parameter);
        }

        foreach (PolicyParameter parameter in Controls.Where(control => control.IsPlain).SelectMany(control => control.Policy.Parameters))
        {
            if (!IsEffect(parameter) && !parameters.ContainsKey(parameter.Name)) parameters.Add(parameter.Name, parameter);
        }

        return parameters;
    }

    internal static bool IsEffect(PolicyParameter parameter) =>
        string.Equals(parameter.Name, "effect", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Strangers(IEnumerable<string> patterns, IReadOnlyCollection<string> names, string what) =>
        patterns
            .Where(pattern => !names.Any(name => Wildcard.Matches(name, pattern)))
            .Select(pattern => $"There is no {what} '{pattern}'. "
                + NearestNames.Advice(pattern, names, $"Known are {string.Join(", ", names.Take(10))}{(names.Count > 10 ? ", …" : "")}."));

    private static ControlCatalog Of(IEnumerable<ControlDefinition> found, List<ControlError> errors)
    {
        Dictionary<string, ControlDefinition> byId = new(StringComparer.OrdinalIgnoreCase);
        Dictionary<string, (PolicyParameter Parameter, ControlDefinition Control)> meanings = new(StringComparer.OrdinalIgnoreCase);
        foreach (ControlDefinition control in found)
        {
            if (byId.TryGetValue(control.Id, out ControlDefinition? first))
            {
                errors.Add(new ControlError(
                    control.Path, "/properties/metadata/pgSecurity/id", $"'{control.Id}' is also in {first.Path}, which stands.", "Give it another id."));
            }
            else if (control.IsPlain || HasOneMeaning(control, meanings, errors))
            {
                byId.Add(control.Id, control);
            }
        }

        List<ControlDefinition> ordered = byId.Values
            .OrderBy(control => ControlSections.OrderOf(control.Section))
            .ThenBy(control => control.Id, StringComparer.Ordinal)
            .ToList();
        return new ControlCatalog(ordered, errors);
    }

    private static bool HasOneMeaning(
        ControlDefinition control,
        Dictionary<string, (PolicyParameter Parameter, ControlDefinition Control)> meanings,
        List<ControlError> errors)
    {
        bool isSound = true;
        foreach (PolicyParameter parameter in control.Policy.Parameters)
        {
            if (IsEffect(parameter)) continue;
            if (!meanings.TryGetValue(parameter.Name, out (PolicyParameter Parameter, ControlDefinition Control) first))
            {
                meanings.Add(parameter.Name, (parameter, control));
            }
            else if (Meaning(first.Parameter) != Meaning(parameter))
            {
                isSound = false;
                errors.Add(new ControlError(
                    control.Path,
                    "/properties/parameters/" + parameter.Name,
                    $"The parameter means something else in {first.Control.Id}: {Meaning(first.Parameter)} there, {Meaning(parameter)} here.",
                    "A parameter's type, default, allowed values and description are the same in every control; make them so, or rename it."));
            }
        }

        return isSound;
    }

    private static string Meaning(PolicyParameter parameter) =>
        $"{parameter.Type}, {Raw(parameter.DefaultValue)}, {string.Join("|", parameter.AllowedValues.Select(value => Raw(value)))}, \"{parameter.Description}\"";

    private static string Raw(JsonElement? value) => value is JsonElement known ? JsonSerializer.Serialize(known) : "no default";
}
