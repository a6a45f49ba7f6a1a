using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Findings;

/// <summary>
/// Reads Azure Policy's own exemptions as ours: those of assignments whose definitions a control corresponds to (its
/// <c>replaces</c> names the definition), or that PgSecurity exported. Assignments and initiatives are read from the same
/// files, or from Azure, since an exemption names no definition itself. What cannot be told for certain exempts nothing and
/// is an error.
/// </summary>
public sealed class PolicyExemptionReader
{
    private const string ExemptionType = "/providers/Microsoft.Authorization/policyExemptions/";
    private const string InitiativeType = "/policySetDefinitions/";
    private static readonly Regex Exported = new("(?:^|-)([a-z]{3}-[0-9]{3})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly ControlCatalog _catalog;
    private readonly string? _owner;
    private readonly DateTimeOffset? _end;
    private readonly List<(JsonElement Body, string File, string? Subscription)> _exemptions = new();
    private readonly Dictionary<string, JsonElement> _assignments = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, JsonElement> _initiatives = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ControlError> _errors = new();
    private readonly List<string> _leftOut = new();

    /// <summary>Makes a reader.</summary>
    /// <param name="catalog">The controls.</param>
    /// <param name="owner">Who answers for exemptions that name nobody; null where none may.</param>
    /// <param name="end">When exemptions end that have no end; null where none may.</param>
    public PolicyExemptionReader(ControlCatalog catalog, string? owner = null, DateTimeOffset? end = null)
    {
        _catalog = catalog;
        _owner = owner;
        _end = end;
    }

    /// <summary>Reads a file: a resource, an array of them, or a list response.</summary>
    public void AddFile(string path)
    {
        int before = _errors.Count;
        JsonElement root = ControlJson.ReadFile(path, _errors);
        if (_errors.Count == before) Take(root, path);
    }

    /// <summary>
    /// Takes an exemption that a subscription's own listing has: one of a management group holds for that subscription then,
    /// and one that no control corresponds to is no error, since a subscription has many that are not about flexible servers.
    /// </summary>
    public void AddListed(JsonElement exemption, string subscription, string source)
    {
        if ((Text(exemption, "id") ?? "").IndexOf(ExemptionType, StringComparison.OrdinalIgnoreCase) >= 0) _exemptions.Add((exemption, source, subscription));
    }

    /// <summary>Takes an assignment or an initiative.</summary>
    public void AddContext(JsonElement resource, string source) => Take(resource, source);

    /// <summary>The assignment that an exemption is of, by id; null where it names none.</summary>
    public static string? AssignmentOf(JsonElement exemption) => Text(exemption, "policyAssignmentId");

    /// <summary>The initiative that an assignment is of, by id; null where it is of a single definition.</summary>
    public static string? InitiativeOf(JsonElement assignment) =>
        Text(assignment, "policyDefinitionId") is string definition && definition.IndexOf(InitiativeType, StringComparison.OrdinalIgnoreCase) >= 0 ? definition : null;

    /// <summary>The listed exemptions that were left out, since no control corresponds to them or they have ended.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    /// <summary>What was taken comes to this. Names that several have are told apart by their scopes.</summary>
    public ExemptionSet Finish()
    {
        List<Exemption> read = new();
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach ((JsonElement body, string file, string? subscription) in _exemptions)
        {
            if (Read(body, file, subscription) is not Exemption exemption) continue;
            if (!names.Add(exemption.Name))
            {
                string scoped = $"{exemption.Name} ({exemption.Scope.Substring(exemption.Scope.LastIndexOf('/') + 1)})";
                string name = scoped;
                for (int at = 2; !names.Add(name); at++) name = FormattableString.Invariant($"{scoped} {at}");
                exemption = Renamed(exemption, name);
            }

            read.Add(exemption);
        }

        return new ExemptionSet(read, _errors);
    }

    private static Exemption Renamed(Exemption exemption, string name) => new()
    {
        Name = name,
        Scope = exemption.Scope,
        Controls = exemption.Controls,
        Reason = exemption.Reason,
        Owner = exemption.Owner,
        ExpiresOn = exemption.ExpiresOn,
        CreatedOn = exemption.CreatedOn,
        Source = exemption.Source,
    };

    private void Take(JsonElement value, string file)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in value.EnumerateArray()) Take(item, file);
            return;
        }

        if (value.ValueKind != JsonValueKind.Object) return;
        if (value.TryGetProperty("value", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            Take(list, file);
            return;
        }

        string id = Text(value, "id") ?? "";
        if (id.IndexOf(ExemptionType, StringComparison.OrdinalIgnoreCase) >= 0) _exemptions.Add((value, file, null));
        else if (id.IndexOf("/policyAssignments/", StringComparison.OrdinalIgnoreCase) >= 0) _assignments[id] = value;
        else if (id.IndexOf(InitiativeType, StringComparison.OrdinalIgnoreCase) >= 0) _initiatives[id] = value;
    }

    private Exemption? Read(JsonElement body, string file, string? subscription)
    {
        string id = Text(body, "id")!;
        IReadOnlyList<string>? controls = Controls(body, file, id);
        if (controls is null) return null;
        DateTimeOffset? end = Time(Text(body, "expiresOn")) ?? _end;
        if (subscription is not null && (controls.Count == 0 || end <= DateTimeOffset.UtcNow))
        {
            _leftOut.Add(controls.Count == 0 ? $"{id}: no control corresponds to it" : $"{id}: it has ended");
            return null;
        }

        string scope = id.Substring(0, id.LastIndexOf(ExemptionType, StringComparison.OrdinalIgnoreCase));
        if (!scope.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase))
        {
            if (subscription is null) return Refuse(file, id, "It is at a management group, and which subscriptions that holds is not known here.", "Add an exemption for each subscription, or read them from Azure.");
            scope = "/subscriptions/" + subscription;
        }

        if (Member(body, "resourceSelectors") is { ValueKind: JsonValueKind.Array } selectors && selectors.GetArrayLength() > 0)
        {
            return Refuse(file, id, "It holds for some resources of its scope only (resourceSelectors).", "Add an exemption for those servers.");
        }

        if (controls.Count == 0) return Refuse(file, id, "No control corresponds to what it exempts.", "Nothing needs to be done, unless it is about flexible servers.");
        if (end is null) return Refuse(file, id, "It has no end; an exemption of PgSecurity must have one.", "Say with -ExpiresOn when those without an end do end.");
        string? owner = Text(body, "createdBy", "systemData") ?? _owner;
        if (owner is null) return Refuse(file, id, "It does not say who answers for it.", "Say it with -Owner.");
        return new Exemption
        {
            Name = $"Azure Policy: {Text(body, "displayName") ?? Text(body, "name") ?? id.Substring(id.LastIndexOf('/') + 1)}",
            Scope = scope,
            Controls = controls,
            Reason = $"{Text(body, "exemptionCategory") ?? "Exempt"} in Azure Policy: {Text(body, "description") ?? "no description"}",
            Owner = owner,
            ExpiresOn = end.Value,
            CreatedOn = Time(Text(body, "createdAt", "systemData")),
            Source = file,
        };
    }

    /// <summary>The controls that an exemption sets aside; null, with an error noted, where it cannot be told.</summary>
    private IReadOnlyList<string>? Controls(JsonElement body, string file, string id)
    {
        string assignment = Text(body, "policyAssignmentId") ?? "";
        if (!_assignments.TryGetValue(assignment, out JsonElement assigned))
        {
            Refuse(file, id, $"The assignment '{assignment}' is not among what was read.", "Add the file that has it: az policy assignment list, Get-AzPolicyAssignment.");
            return null;
        }

        string definition = Text(assigned, "policyDefinitionId") ?? "";
        HashSet<string>? references = Member(body, "policyDefinitionReferenceIds") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? new HashSet<string>(list.EnumerateArray().Select(one => one.GetString() ?? ""), StringComparer.OrdinalIgnoreCase)
            : null;
        if (definition.IndexOf(InitiativeType, StringComparison.OrdinalIgnoreCase) < 0) return Corresponding(definition);
        if (!_initiatives.TryGetValue(definition, out JsonElement initiative) || Member(initiative, "policyDefinitions") is not { ValueKind: JsonValueKind.Array } members)
        {
            Refuse(file, id, $"The initiative '{definition}' is not among what was read.", "Add the file that has it: az policy set-definition show, Get-AzPolicySetDefinition.");
            return null;
        }

        return members.EnumerateArray()
            .Where(member => references is null || references.Contains(Text(member, "policyDefinitionReferenceId") ?? ""))
            .SelectMany(member => Corresponding(Text(member, "policyDefinitionId") ?? ""))
            .Distinct(StringComparer.Ordinal)
            .ToList();
    }

    /// <summary>The controls of a definition: the one that was exported under its name, or those that say they correspond.</summary>
    private IReadOnlyList<string> Corresponding(string definitionId)
    {
        string name = definitionId.Substring(definitionId.LastIndexOf('/') + 1);
        if (Exported.Match(name) is { Success: true } match && _catalog.Find(match.Groups[1].Value) is { } exported) return new[] { exported.Id };
        return _catalog.Controls
            .Where(control => control.Replaces.Any(check =>
                check.Peer == "Azure Policy" && string.Equals(check.Check, name, StringComparison.OrdinalIgnoreCase)))
            .Select(control => control.Id)
            .ToList();
    }

    private Exemption? Refuse(string file, string id, string reason, string advice)
    {
        _errors.Add(new ControlError(file, id, reason, advice));
        return null;
    }

    /// <summary>A member of the resource, or of its <c>properties</c>: REST has them there, az and Az do not.</summary>
    private static JsonElement? Member(JsonElement body, string name) =>
        body.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(name, out JsonElement inner) ? inner
        : body.TryGetProperty(name, out JsonElement outer) ? outer
        : null;

    private static string? Text(JsonElement body, string name, string? inside = null)
    {
        JsonElement? container = inside is null ? body : Member(body, inside);
        return container is { ValueKind: JsonValueKind.Object } members
            && Member(members, name) is { ValueKind: JsonValueKind.String } text
            && text.GetString() is { Length: > 0 } value
                ? value
                : null;
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : null;
}
