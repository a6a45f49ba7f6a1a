using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>Who else writes to the server and may redo or undo a change: infrastructure code and policy assignments.</summary>
internal static class OtherHands
{
    private static readonly string[] CodeWords = { "terraform", "bicep", "pulumi", "crossplane", "ansible", "aso" };

    public static string Of(Posture posture)
    {
        List<string> signs = new();
        if (CodeTag(posture.Server.Body) is string tag) signs.Add($"The tag {tag} says that infrastructure code owns the server: change it there too, or the next deployment undoes this.");

        List<string> enforcing = posture.FacetOf(FacetTypes.PolicyAssignments).Resources
            .Where(assignment => ResourceField.Of(assignment, "identity.principalId").Text is not null || ResourceField.Of(assignment, "identity.type").Text is { Length: > 0 })
            .Select(assignment => ResourceField.Of(assignment, "properties.displayName").Text ?? assignment.Name)
            .ToList();
        if (enforcing.Count > 0)
        {
            signs.Add($"Azure Policy assignments that deploy or modify cover the server and may redo what they own: {string.Join(", ", enforcing.Take(3))}{(enforcing.Count > 3 ? ", …" : "")}.");
        }

        return string.Join(" ", signs);
    }

    private static string? CodeTag(JsonElement server)
    {
        if (!server.TryGetProperty("tags", out JsonElement tags) || tags.ValueKind != JsonValueKind.Object) return null;
        foreach (JsonProperty tag in tags.EnumerateObject())
        {
            string text = tag.Name + "=" + (tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString() : "");
            if (CodeWords.Any(word => Words(text).Contains(word))) return $"'{text}'";
        }

        return null;
    }

    private static HashSet<string> Words(string text) =>
        new(text.Split('=', '-', '_', ' ', ':', '/', '.'), StringComparer.OrdinalIgnoreCase);
}
