using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace PgSecurity.Tests.Guides;

/// <summary>The rights of all role definitions in docs/guides/roles, held against requests that cmdlets send.</summary>
internal static class RoleRights
{
    private static readonly HashSet<string> Actions = new(
        Directory.GetFiles(Repository.At("docs", "guides", "roles"), "*.json")
            .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!["Actions"]!.AsArray())
            .Select(action => (string)action!),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The actions that requests need and no role has, each once.</summary>
    /// <param name="log">Lines as a cmdlet shows them with <c>-Debug</c>: method, path, answer.</param>
    public static IEnumerable<string> Missing(IEnumerable<string> log) =>
        log.Select(ActionOf).OfType<string>().Where(action => !Actions.Contains(action)).Distinct(StringComparer.OrdinalIgnoreCase);

    private static string? ActionOf(string line)
    {
        string[] parts = line.Split(' ');
        if (parts.Length < 3 || !parts[1].Contains("/providers/", StringComparison.OrdinalIgnoreCase)) return null;
        string path = parts[1].TrimEnd(':').Split('?')[0];
        string[] segments = path[(path.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase) + "/providers/".Length)..].Split('/');
        string type = string.Join('/', segments.Take(1).Concat(segments.Skip(1).Where((_, at) => at % 2 == 0)));
        bool isOperation = type.Contains("/azureAsyncOperation", StringComparison.OrdinalIgnoreCase) || type.Contains("/operationResults", StringComparison.OrdinalIgnoreCase);
        if (isOperation) return null;
        return parts[0] switch
        {
            "GET" => type + "/read",
            "PUT" or "PATCH" => type + "/write",
            "DELETE" => type + "/delete",
            "POST" when type == "Microsoft.ResourceGraph/resources" => type + "/read",
            _ => type + "/action",
        };
    }
}
