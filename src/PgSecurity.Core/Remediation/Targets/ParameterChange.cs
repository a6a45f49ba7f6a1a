using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>A server parameter: a value of its own, or members that its list must have or must not have.</summary>
public sealed class ParameterChange : TargetChange
{
    private ParameterChange(ServerId server, string name, string? value, IReadOnlyList<string> adds, IReadOnlyList<string> removes)
        : base(server, FacetTypes.Configurations, $"{server.Value}/configurations/{name}", name)
    {
        Value = value;
        Adds = adds;
        Removes = removes;
    }

    /// <summary>The value wanted; null where only members of the list are.</summary>
    public string? Value { get; }

    /// <summary>The members that must be in the list.</summary>
    public IReadOnlyList<string> Adds { get; }

    /// <summary>The members that must not be in the list.</summary>
    public IReadOnlyList<string> Removes { get; }

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Patch;

    /// <inheritdoc/>
    public override string Step => "parameter " + Name;

    /// <inheritdoc/>
    public override RunPhase Phase =>
        Is("azure.extensions") ? RunPhase.AllowedExtensions
        : Is("shared_preload_libraries") ? RunPhase.LoadedLibraries
        : Is("require_secure_transport") || Is("ssl_min_protocol_version") || Is(ScramGuard.Parameter) ? RunPhase.CloseAuthentication
        : RunPhase.Parameters;

    /// <summary>Sets the parameter to a value.</summary>
    public static ParameterChange Set(ServerId server, string name, string value) =>
        new(server, name, value, Array.Empty<string>(), Array.Empty<string>());

    /// <summary>Has members in the list, or has them not; the others stay.</summary>
    public static ParameterChange List(ServerId server, string name, IReadOnlyList<string> members, bool add) =>
        new(server, name, null, add ? members : Array.Empty<string>(), add ? Array.Empty<string>() : members);

    /// <summary>What the guards of a parameter must know beside the facets that every guard has: facets of databases.</summary>
    public static IReadOnlyList<string> GuardFacets(string name) =>
        string.Equals(name, ScramGuard.Parameter, StringComparison.OrdinalIgnoreCase) ? new[] { ScramGuard.Kinds } : Array.Empty<string>();

    /// <summary>The text of a parameter's property, such as <c>value</c>, <c>dataType</c>, <c>allowedValues</c>; empty where it has none.</summary>
    public static string Property(JsonObject? parameter, string name) => JsonShape.Text(JsonShape.At(parameter, "properties", name));

    /// <summary>Whether the value takes effect only with a restart.</summary>
    public static bool IsStatic(JsonObject? parameter) =>
        string.Equals(Property(parameter, "isDynamicConfig"), "false", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current)
    {
        if (current is null)
        {
            throw new RemediationException($"The server has no parameter '{Name}': this version does not have it (ConfigurationNotExists).");
        }

        string value = Wanted(current);
        return Same(current, value) ? null : BodyOf(value);
    }

    /// <inheritdoc/>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body)
    {
        JsonObject changed = (JsonObject)MergePatch.Apply(current, body)!;
        if (IsStatic(current)) changed["properties"]!["isConfigPendingRestart"] = true;
        return changed;
    }

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body) => current is not null && Same(current, ValueOf(body));

    /// <summary>
    /// Whether the list, to which this change adds, was only added to by somebody else: then the addition still means what it
    /// meant. A single value, and a list that lost members, are as somebody wants them.
    /// </summary>
    public bool HasGrown(JsonObject? before, JsonObject? now) =>
        Value is null && Removes.Count == 0 && before is not null && now is not null
        && Members(Property(now, "value")).IsSupersetOf(Members(Property(before, "value")));

    /// <inheritdoc/>
    public override JsonNode? Part(JsonObject? current, JsonObject body) =>
        current is null ? null : new JsonObject { ["properties"] = new JsonObject { ["value"] = Property(current, "value"), ["source"] = Property(current, "source") } };

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body) => current is null ? "(none)" : Property(current, "value");

    /// <inheritdoc/>
    public override ChangeClass ClassOf(JsonObject? current) => IsStatic(current) ? ChangeClass.WithRestart : ChangeClass.Reversible;

    /// <inheritdoc/>
    public override TargetChange? With(TargetChange later)
    {
        if (later is not ParameterChange other || !string.Equals(Id, other.Id, StringComparison.OrdinalIgnoreCase)) return null;
        if (other.Value is not null) return other;
        List<string> adds = Adds.Except(other.Removes, StringComparer.OrdinalIgnoreCase).Union(other.Adds, StringComparer.OrdinalIgnoreCase).ToList();
        List<string> removes = Removes.Except(other.Adds, StringComparer.OrdinalIgnoreCase).Union(other.Removes, StringComparer.OrdinalIgnoreCase).ToList();
        return new ParameterChange(Server, Name, Value, adds, removes);
    }

    /// <summary>The value that a body of ours sets.</summary>
    public static string ValueOf(JsonObject body) => Property(body, "value");

    private string Wanted(JsonObject current)
    {
        string allowed = Property(current, "allowedValues");
        string value = Value ?? Property(current, "value");
        if (Adds.Count > 0) value = ParameterList.With(value, Adds, allowed);
        return Removes.Count > 0 ? ParameterList.Without(value, Removes, allowed) : value;
    }

    private static JsonObject BodyOf(string value) =>
        new() { ["properties"] = new JsonObject { ["value"] = value, ["source"] = "user-override" } };

    private static bool Same(JsonObject current, string wanted)
    {
        string value = Property(current, "value");
        return Property(current, "dataType").ToUpperInvariant() switch
        {
            "SET" => Members(value).SetEquals(Members(wanted)),
            "STRING" => string.Equals(value, wanted, StringComparison.Ordinal),
            _ => string.Equals(value.Trim(), wanted.Trim(), StringComparison.OrdinalIgnoreCase),
        };
    }

    private static HashSet<string> Members(string list) => new(ParameterList.Members(list), StringComparer.OrdinalIgnoreCase);

    private bool Is(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
