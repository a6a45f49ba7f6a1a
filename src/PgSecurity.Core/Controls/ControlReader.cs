using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Controls;

/// <summary>Reads one control file, strictly, as docs/control-format.md has it.</summary>
internal static class ControlReader
{
    private static readonly Regex IdForm = new("^[A-Z]{3}-[0-9]{3}$", RegexOptions.CultureInvariant);
    private static readonly string[] Severities = Enum.GetNames(typeof(Severity));

    /// <summary>The control of a file.</summary>
    /// <exception cref="ControlFormatException">The file is not a control.</exception>
    public static ControlDefinition Read(string path)
    {
        List<ControlError> errors = new();
        JsonElement root = ControlJson.ReadFile(path, errors);
        if (errors.Count > 0) throw new ControlFormatException(errors);

        JsonAt file = new(root, "", path, errors);
        JsonAt properties = file["properties"];
        file.Allow("name", "type", "properties");
        properties.Allow("displayName", "description", "policyType", "mode", "metadata", "parameters", "policyRule");
        properties["metadata"].Allow("version", "category", "preview", "deprecated", "pgSecurity");
        file.OneOf("type", new[] { "Microsoft.Authorization/policyDefinitions" });
        properties["metadata"].Text("version");
        JsonAt ours = properties["metadata"]["pgSecurity"];
        if (!ours.IsObject)
        {
            ours.Fault("The control has no properties.metadata.pgSecurity.", "Add it as docs/control-format.md describes.");
            throw new ControlFormatException(errors);
        }

        PolicyDefinition? policy = LoadPolicy(root, path, errors);
        ControlDefinition? control = policy is null ? null : ReadOurs(file, ours, policy, path);
        CheckParameters(properties["parameters"]);
        return errors.Count == 0 ? control! : throw new ControlFormatException(errors);
    }

    private static ControlDefinition ReadOurs(JsonAt file, JsonAt ours, PolicyDefinition policy, string path)
    {
        ours.Allow(
            "id", "section", "severity", "guide", "rationale", "impact", "profiles", "appliesTo", "benchmarks", "replaces",
            "remediation", "guards", "references", "requires");
        string section = ours.OneOf("section", ControlSections.All.ToList());
        string id = ReadId(file, ours, section, path);
        return new ControlDefinition
        {
            Id = id,
            Section = section,
            Title = file["properties"].Text("displayName"),
            Description = file["properties"].Text("description"),
            Severity = (Severity)Enum.Parse(typeof(Severity), ours.OneOf("severity", Severities)),
            Guide = ours.Text("guide"),
            Rationale = ours.Text("rationale"),
            Impact = ours.Text("impact"),
            Requires = ours["requires"].Exists ? ours.OneOf("requires", ControlRequirement.All) : null,
            Profiles = ReadProfiles(ours),
            AppliesTo = ReadApplicability(ours["appliesTo"]),
            Benchmarks = ours["benchmarks"].Items().Select(BenchmarkNames.Read).ToList(),
            Replaces = ours["replaces"].Items().Select(ReadPeerCheck).ToList(),
            Remediation = ReadRemediation(ours["remediation"], path),
            Guards = ours.Texts("guards"),
            References = ReadReferences(ours),
            Policy = policy,
            Path = path,
            ConcernsSingleServers = NamesSingleServers(file["properties"]["policyRule"].Value),
        };
    }

    private static string ReadId(JsonAt file, JsonAt ours, string section, string path)
    {
        string id = ours.Text("id");
        if (id.Length == 0) return id;
        if (!IdForm.IsMatch(id) || !id.StartsWith(ControlSections.PrefixOf(section), StringComparison.Ordinal))
        {
            ours["id"].Fault(
                $"'{id}' is not an id of the section {section}.",
                $"Ids there are {ControlSections.PrefixOf(section)}- and three digits.");
        }

        if (file.Text("name") != id) file["name"].Fault("The definition's name is not the control's id.", $"Make it '{id}'.");
        if (Path.GetFileNameWithoutExtension(path) != id)
        {
            ours["id"].Fault($"The control '{id}' is in the file '{Path.GetFileName(path)}'.", $"Name the file '{id}.json'.");
        }

        string? folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        if (folder != section) ours["section"].Fault($"The control is in the folder '{folder}'.", $"Move it to '{section}'.");
        return id;
    }

    private static IReadOnlyList<string> ReadProfiles(JsonAt ours)
    {
        foreach (JsonAt profile in ours["profiles"].Items())
        {
            string name = profile.AsText();
            if (name.Length == 0 || ProfileNames.ByHand.Contains(name)) continue;
            profile.Fault(
                $"There is no profile '{name}' that a control names.",
                $"Valid are {string.Join(", ", ProfileNames.ByHand)}; benchmark profiles select by mapping.");
        }

        return ours.Texts("profiles");
    }

    private static IReadOnlyList<Applicability> ReadApplicability(JsonAt appliesTo)
    {
        if (!appliesTo.Exists) return Array.Empty<Applicability>();
        if (appliesTo.IsObject && !appliesTo["condition"].Exists)
        {
            return new[] { new Applicability(appliesTo.Value, null, "The control does not concern this server.") };
        }

        return (appliesTo.IsObject ? new[] { appliesTo } : appliesTo.Items()).Select(ReadOneApplicability).ToList();
    }

    private static Applicability ReadOneApplicability(JsonAt item)
    {
        item.Allow("condition", "type", "reason");
        if (!item["condition"].IsObject) item.Fault("'condition' is missing.", "Add it: a condition of the policy language.");
        string type = item.OptionalText("type");
        if (type.Length > 0 && !FacetTypes.IsKnown(type))
        {
            item["type"].Fault($"A posture holds no '{type}'.", NearestNames.Advice(type, FacetTypes.All.ToList(), "See FacetTypes."));
        }

        return new Applicability(
            item["condition"].Value, type.Length == 0 ? null : FacetTypes.Normalize(type), item.Text("reason"));
    }

    private static PeerCheck ReadPeerCheck(JsonAt item)
    {
        item.Allow("peer", "check", "difference");
        return new PeerCheck(item.Text("peer"), item.Text("check"), item.OptionalText("difference"));
    }

    private static ControlRemediation ReadRemediation(JsonAt remediation, string path)
    {
        if (remediation.IsObject) return RemediationReader.Read(remediation, path);
        remediation.Fault("'remediation' is missing.", "Add it: text, class, and steps or 'manual'.");
        return ControlRemediation.None;
    }

    private static IReadOnlyList<string> ReadReferences(JsonAt ours)
    {
        foreach (JsonAt reference in ours["references"].Items())
        {
            if (!reference.AsText().StartsWith("https://", StringComparison.Ordinal))
            {
                reference.Fault("A reference is not an https address.", "Give the address of a page.");
            }
        }

        return ours.Texts("references");
    }

    private static void CheckParameters(JsonAt parameters)
    {
        if (!parameters["effect"].IsObject)
        {
            parameters.Fault("There is no parameter 'effect'.", "Add it, so that an organisation can turn the control off.");
        }

        foreach ((string name, JsonAt parameter) in parameters.Members())
        {
            if (!parameter["defaultValue"].Exists) parameter.Fault("The parameter has no default.", "Give it a defaultValue.");
            if (name != "effect" && parameter["metadata"].Text("description").Length == 0)
            {
                parameter.Fault("The parameter has no metadata.description.", "Say what it means, with unit and range.");
            }
        }
    }

    private static PolicyDefinition? LoadPolicy(JsonElement root, string path, List<ControlError> errors)
    {
        try
        {
            return PolicyDefinition.Load(root, path);
        }
        catch (PolicyLoadException exception)
        {
            errors.Add(ControlJson.ErrorOf(exception, path));
            return null;
        }
    }

    private static bool NamesSingleServers(JsonElement rule) =>
        rule.ValueKind == JsonValueKind.Object
        && rule.GetRawText().IndexOf("\"" + FacetTypes.SingleServer, StringComparison.OrdinalIgnoreCase) >= 0;
}
