using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>
/// A control's <c>if</c> with its <c>appliesTo</c> folded in, or the reason why that cannot be done without changing what
/// it says. Azure Policy's <c>if</c> reads the one resource that it looks at, and resources of ARM's own types.
/// </summary>
internal sealed class PolicyCondition
{
    private const string OurTypes = "PgSecurity/";
    private const string ServersChild = FacetTypes.Server + "/";

    private PolicyCondition(JsonObject? condition, string reason, IReadOnlyList<string> notes)
    {
        If = condition;
        Reason = reason;
        Notes = notes;
    }

    /// <summary>The condition; null where Azure Policy cannot express the control.</summary>
    public JsonObject? If { get; }

    /// <summary>Why there is none.</summary>
    public string Reason { get; }

    /// <summary>Where Azure Policy may differ.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>The condition of a control.</summary>
    public static PolicyCondition Of(CompiledControl control)
    {
        if (control.Definition.IsPlain) return No("It is a policy definition already: assign it as it is.");
        JsonElement rule = control.Definition.Policy.Rule;
        return OwnTypes(control, rule) is string own ? No(own)
            : Subject(control.Policy.ConcernedTypes) is string subject ? No(subject)
            : Related(rule) is string related ? No(related)
            : Fold(control, rule);
    }

    private static PolicyCondition Fold(CompiledControl control, JsonElement rule)
    {
        List<JsonNode?> all = Conjuncts(rule.GetProperty("if"));
        List<string> notes = new();
        bool isAboutServers = control.Policy.ConcernedTypes.All(IsServer);
        foreach (Applicability condition in control.Definition.AppliesTo)
        {
            if (IsImplied(condition, control.Policy.ConcernedTypes, all)) continue;
            if (condition.Type is not null && !IsServer(condition.Type))
            {
                return No($"It applies only where a resource of type {condition.Type} meets a condition, and the 'if' of Azure Policy reads no other resource than the one it looks at.");
            }

            if (!isAboutServers)
            {
                return No($"It applies by properties of the server, and Azure Policy cannot read those while it looks at {control.Policy.ConcernedTypes[0]}.");
            }

            all.Add(ExportJson.Node(condition.Condition));
        }

        if (VersionsWithoutParameter(rule) is { Count: > 0 } versions) all.Add(NotOfVersions(versions));
        if (RelatedParameter(rule) is string parameter)
        {
            notes.Add($"PgSecurity says NotApplicable where a complete listing lacks {parameter}; Azure Policy fails such a server.");
        }

        if (!isAboutServers)
        {
            notes.Add($"Unverified: whether Azure Policy's compliance scan visits {control.Policy.ConcernedTypes[0]}. A write to one is checked in any case.");
        }

        JsonArray list = new();
        foreach (JsonNode? one in all) list.Add(one);
        return new PolicyCondition(new JsonObject { ["allOf"] = list }, "", notes);
    }

    private static PolicyCondition No(string reason) => new(null, reason, Array.Empty<string>());

    private static List<JsonNode?> Conjuncts(JsonElement condition) =>
        condition.EnumerateObject().Count() == 1 && condition.TryGetProperty("allOf", out JsonElement all)
            ? all.EnumerateArray().Select(ExportJson.Node).ToList()
            : new List<JsonNode?> { ExportJson.Node(condition) };

    /// <summary>A condition on other resources of the type that fails is met wherever one fails that must meet it too.</summary>
    private static bool IsImplied(Applicability condition, IReadOnlyList<string> concerned, List<JsonNode?> conjuncts) =>
        condition.Type is string type
        && concerned.Count == 1
        && string.Equals(concerned[0], type, StringComparison.OrdinalIgnoreCase)
        && conjuncts.Any(one => JsonNode.DeepEquals(one, ExportJson.Node(condition.Condition)));

    private static string? OwnTypes(CompiledControl control, JsonElement rule)
    {
        IEnumerable<string> named = control.Policy.ConcernedTypes
            .Concat(control.Definition.AppliesTo.Select(condition => condition.Type ?? ""))
            .Concat(PolicyStrings.FieldsIn(rule))
            .Concat(new[] { RelatedType(rule) ?? "" });
        string? own = named.FirstOrDefault(type => type.StartsWith(OurTypes, StringComparison.OrdinalIgnoreCase));
        if (own is null) return null;
        string[] parts = own.Split('/');
        return $"It reads {parts[0]}/{parts[1]}, a fact that PgSecurity computes and that no resource of ARM carries.";
    }

    private static string? Subject(IReadOnlyList<string> concerned)
    {
        string? stranger = concerned.FirstOrDefault(type =>
            !IsServer(type) && !type.StartsWith(ServersChild, StringComparison.OrdinalIgnoreCase));
        if (stranger is not null) return $"Azure Policy would hold it against every {stranger}, not only those of a flexible server.";
        return concerned.Count == 0 ? "Its rule is about no type of resource." : null;
    }

    private static string? Related(JsonElement rule)
    {
        if (RelatedType(rule) is not string type) return null;
        bool isReached = string.Equals(type, FacetTypes.DiagnosticSettings, StringComparison.OrdinalIgnoreCase)
            || string.Equals(type, FacetTypes.DefenderPlans, StringComparison.OrdinalIgnoreCase)
            || (type.StartsWith(ServersChild, StringComparison.OrdinalIgnoreCase) && type.Substring(ServersChild.Length).IndexOf("/", StringComparison.Ordinal) < 0);
        return isReached
            ? null
            : $"It asks for a {type}, which need not be in the server's resource group, where Azure Policy looks for it.";
    }

    internal static string? RelatedType(JsonElement rule) =>
        rule.GetProperty("then").TryGetProperty("details", out JsonElement details)
        && details.ValueKind == JsonValueKind.Object
        && details.TryGetProperty("type", out JsonElement type)
            ? type.GetString()
            : null;

    /// <summary>The server parameter that the rule asks for by a literal name; null where it asks for none.</summary>
    private static string? RelatedParameter(JsonElement rule) =>
        string.Equals(RelatedType(rule), FacetTypes.Configurations, StringComparison.OrdinalIgnoreCase)
        && rule.GetProperty("then").GetProperty("details").TryGetProperty("name", out JsonElement name)
        && name.ValueKind == JsonValueKind.String
        && !PolicyStrings.IsExpression(name.GetString()!)
            ? name.GetString()
            : null;

    /// <summary>
    /// The versions that are known to lack the parameter that the rule asks for: there it applies to no server. A version
    /// that is not known is checked, so that a new one never passes unseen.
    /// </summary>
    private static IReadOnlyList<string> VersionsWithoutParameter(JsonElement rule)
    {
        if (RelatedParameter(rule) is not string parameter) return Array.Empty<string>();
        ILookup<bool, string> versions = ServiceDefaults.Versions.ToLookup(version => ServiceDefaults.ParametersOf(version)!
            .Any(one => string.Equals(one.Name, parameter, StringComparison.OrdinalIgnoreCase)));
        return versions[true].Any() ? versions[false].ToList() : Array.Empty<string>();
    }

    private static JsonObject NotOfVersions(IReadOnlyList<string> versions)
    {
        JsonArray list = new();
        foreach (string version in versions) list.Add(version);
        return new JsonObject { ["field"] = ServersChild + "version", ["notIn"] = list };
    }

    private static bool IsServer(string type) =>
        string.Equals(type, FacetTypes.Server, StringComparison.OrdinalIgnoreCase)
        || string.Equals(type, FacetTypes.SingleServer, StringComparison.OrdinalIgnoreCase);
}
