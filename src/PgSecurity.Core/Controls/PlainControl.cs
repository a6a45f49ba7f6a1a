using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using PgSecurity.Core.Policy;

namespace PgSecurity.Core.Controls;

/// <summary>
/// Reads policy definitions of anybody: Microsoft's built-in ones, an organisation's own. They are evaluated exactly as
/// Azure Policy would, and come as controls of the section <see cref="ControlSections.Policy"/>.
/// </summary>
internal static class PlainControl
{
    /// <summary>The definitions of a file; what does not load is noted and left out.</summary>
    public static IReadOnlyList<ControlDefinition> Read(string path, List<ControlError> errors)
    {
        List<ControlError> faults = new();
        List<ControlDefinition> controls = new();
        if (PolicyParts.IsReadWithItsRule(path)) return controls;
        JsonElement root = ControlJson.ReadFile(path, faults);
        if (faults.Count == 0) root = PolicyParts.Join(path, root, faults);
        errors.AddRange(faults);
        if (faults.Count > 0) return controls;

        foreach (JsonElement definition in PolicyFile.DefinitionsIn(root))
        {
            try
            {
                controls.Add(Of(PolicyDefinition.Load(definition, path), path));
            }
            catch (PolicyLoadException exception)
            {
                errors.Add(ControlJson.ErrorOf(exception, path));
            }
        }

        return controls;
    }

    private static ControlDefinition Of(PolicyDefinition policy, string path)
    {
        string name = !string.IsNullOrWhiteSpace(policy.Name) ? policy.Name! : Path.GetFileNameWithoutExtension(path);
        return new ControlDefinition
        {
            Id = name,
            Section = ControlSections.Policy,
            Title = string.IsNullOrWhiteSpace(policy.DisplayName) ? name : policy.DisplayName!,
            Description = policy.Description ?? "",
            Severity = SeverityIn(policy.Metadata),
            Policy = policy,
            Path = path,
            IsPlain = true,
            ConcernsSingleServers = true,
        };
    }

    private static Severity SeverityIn(JsonElement metadata)
    {
        foreach (JsonElement holder in new[] { metadata, Member(metadata, "pgSecurity") })
        {
            JsonElement text = Member(holder, "severity");
            if (text.ValueKind == JsonValueKind.String && Enum.TryParse(text.GetString(), true, out Severity severity)) return severity;
        }

        return Severity.Medium;
    }

    private static JsonElement Member(JsonElement container, string name) =>
        container.ValueKind == JsonValueKind.Object && container.TryGetProperty(name, out JsonElement member) ? member : default;
}
