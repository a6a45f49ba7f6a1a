using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures.Recognition;

namespace PgSecurity.Core.Controls;

/// <summary>
/// A definition in parts, as collections of policies keep them for <c>az policy definition create</c>: the rule in
/// <c>name.rules.json</c>, what it declares in <c>name.parameters.json</c> beside it.
/// </summary>
internal static class PolicyParts
{
    private const string Rules = ".rules.json";
    private const string Parameters = ".parameters.json";
    private const string CommonStem = "azurepolicy";

    /// <summary>Whether a file holds the parameters of a rule that stands beside it, and is read with that.</summary>
    public static bool IsReadWithItsRule(string path) => Stem(path, Parameters) is string stem && File.Exists(stem + Rules);

    /// <summary>The definition of a rule's file with the parameters beside it; the document itself where it is none.</summary>
    public static JsonElement Join(string path, JsonElement document, List<ControlError> errors)
    {
        if (Stem(path, Rules) is not string stem || !ArmJson.Has(document, "if") || ArmJson.Node(document) is not JsonObject rule) return document;
        string name = Path.GetFileName(stem);
        string? folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path)));
        JsonObject definition = new()
        {
            ["name"] = name.Equals(CommonStem, StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(folder) ? folder : name,
            ["policyRule"] = rule,
        };
        if (File.Exists(stem + Parameters) && ArmJson.Node(ControlJson.ReadFile(stem + Parameters, errors)) is JsonObject parameters)
        {
            definition["parameters"] = !DuplicateMembers.AreIn(ArmJson.Element(parameters)) && parameters["parameters"] is JsonObject inner ? inner.DeepClone() : parameters;
        }

        return ArmJson.Element(definition);
    }

    private static string? Stem(string path, string end) =>
        path.EndsWith(end, StringComparison.OrdinalIgnoreCase) ? path.Substring(0, path.Length - end.Length) : null;
}
