using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Azure.Inventory;
using Xunit;

namespace PgSecurity.Azure.Tests.Inventory;

/// <summary>The role definitions in docs/guides/roles: one to read, one for each class of changes, made from what Test-PgSecurityPermission asks for.</summary>
public sealed class RoleFilesTests
{
    private const string AnySubscription = "/subscriptions/00000000-0000-0000-0000-000000000000";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private static string Folder { get; } = Path.Combine(Path.GetDirectoryName(SampleEstate.Snapshot)!, "..", "..", "docs", "guides", "roles");

    [Fact]
    public void The_files_are_the_rights_that_are_asked_for()
    {
        Dictionary<string, string> wanted = ChangeRights.Classes
            .ToDictionary(item => $"change-{item.Name}.json", item => Text($"PgSecurity change: {item.Name}", item.Meaning, item.Actions), StringComparer.Ordinal);
        wanted["read.json"] = Text("PgSecurity read", "Reads what PgSecurity audits. Changes nothing.", ReadRights.Actions);

        if (Environment.GetEnvironmentVariable("PGSECURITY_WRITE_DOCS") == "1") Write(wanted);

        string[] stale = wanted.Where(file => TextOf(file.Key) != file.Value).Select(file => file.Key)
            .Concat(Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)).Where(name => !wanted.ContainsKey(name)))
            .ToArray();
        Assert.True(stale.Length == 0, $"Stale in docs/guides/roles: {string.Join(", ", stale)}. Write them anew with PGSECURITY_WRITE_DOCS=1 set for this test.");
    }

    [Fact]
    public void The_guide_names_every_file()
    {
        string guide = File.ReadAllText(Path.Combine(Folder, "..", "azure-automation.md"));
        Assert.All(Directory.GetFiles(Folder), path => Assert.Contains($"(roles/{Path.GetFileName(path)})", guide, StringComparison.Ordinal));
    }

    private static string Text(string name, string description, IEnumerable<string> actions)
    {
        JsonObject role = new()
        {
            ["Name"] = name,
            ["IsCustom"] = true,
            ["Description"] = description,
            ["Actions"] = new JsonArray(actions.Select(action => (JsonNode)action).ToArray()),
            ["NotActions"] = new JsonArray(),
            ["DataActions"] = new JsonArray(),
            ["NotDataActions"] = new JsonArray(),
            ["AssignableScopes"] = new JsonArray(AnySubscription),
        };
        return role.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    private static string? TextOf(string name)
    {
        string path = Path.Combine(Folder, name);
        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : null;
    }

    private static void Write(Dictionary<string, string> files)
    {
        Directory.CreateDirectory(Folder);
        foreach (string stranger in Directory.GetFiles(Folder).Where(path => !files.ContainsKey(Path.GetFileName(path)))) File.Delete(stranger);
        foreach ((string name, string text) in files) File.WriteAllText(Path.Combine(Folder, name), text);
    }
}
