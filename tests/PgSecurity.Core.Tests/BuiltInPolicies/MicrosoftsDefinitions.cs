using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>Microsoft's own files of its built-in definitions, where the shared data is there; without it there are none.</summary>
internal static class MicrosoftsDefinitions
{
    private static readonly string[] DisabledByDefault = ["dacf07fa-0eea-4486-80bc-b93fae88ac40"];

    private static readonly Lazy<IReadOnlyList<(PolicyDefinition Definition, string Path)>> Read = new(() =>
        RepositoryFiles.SharedData is string data && Directory.Exists(Path.Combine(data, "policy"))
            ? Directory.EnumerateFiles(Path.Combine(data, "policy"), "*.json")
                .Order()
                .Select(path => (PolicyDefinition.Load(JsonDocument.Parse(File.ReadAllText(path)).RootElement, path), path))
                .ToList()
            : []);

    public static IReadOnlyList<(PolicyDefinition Definition, string Path)> All => Read.Value;

    /// <summary>The one of that GUID; null where its file is not there.</summary>
    public static PolicyDefinition? Find(string id) =>
        All.Select(file => file.Definition).FirstOrDefault(definition => definition.Name.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>A definition that looks, also where Microsoft ships it disabled.</summary>
    public static CompiledPolicy Compile(PolicyDefinition definition, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        Dictionary<string, JsonElement> values = new(parameters);
        if (DisabledByDefault.Contains(definition.Name, StringComparer.OrdinalIgnoreCase))
        {
            values["effect"] = JsonSerializer.SerializeToElement("AuditIfNotExists");
        }

        return definition.Compile(values);
    }
}
