using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>One case of a control: what is changed of the base posture, and what the control must come to.</summary>
public sealed class ControlCase
{
    private static readonly string[] Words =
    {
        "name", "expect", "reason", "server", "remove", "parameters", "facets", "resources", "unavailable", "notCollected",
        "serverGap", "collectedAt", "controlParameters", "afterRemediation", "about",
    };

    private ControlCase(string control, JsonObject content)
    {
        Control = control;
        Content = content;
        Name = (string?)content["name"] ?? throw new InvalidDataException($"{control}: a case has no name.");
        string[] strange = content.Select(member => member.Key).Except(Words).ToArray();
        if (strange.Length > 0)
        {
            throw new InvalidDataException($"{control}, '{Name}': a case has no '{strange[0]}'; it may have {string.Join(", ", Words)}.");
        }

        Expect = System.Enum.Parse<Outcome>((string)content["expect"]!);
        AfterRemediation = content["afterRemediation"] is JsonNode after ? System.Enum.Parse<Outcome>((string)after!) : Outcome.Pass;
        Reason = (string?)content["reason"];
    }

    public string Control { get; }

    public string Name { get; }

    public JsonObject Content { get; }

    public Outcome Expect { get; }

    /// <summary>What the remediation's steps must bring a failing case to.</summary>
    public Outcome AfterRemediation { get; }

    /// <summary>A text that the finding's reason or what was observed must hold, where the case says so.</summary>
    public string? Reason { get; }

    public Dictionary<string, JsonElement> Parameters =>
        (Content["controlParameters"] as JsonObject ?? new JsonObject())
        .ToDictionary(parameter => parameter.Key, parameter => JsonSerializer.SerializeToElement(parameter.Value));

    public static IReadOnlyList<ControlCase> Read(string path)
    {
        JsonObject file = (JsonObject)JsonNode.Parse(File.ReadAllText(path))!;
        string control = (string)file["control"]!;
        return ((JsonArray)file["cases"]!).Select(item => new ControlCase(control, (JsonObject)item!)).ToList();
    }

    public static IEnumerable<string> Files() => Directory.Exists(RepositoryFiles.Cases)
        ? Directory.EnumerateFiles(RepositoryFiles.Cases, "*.json").Where(path => Path.GetFileName(path) != "base.json").Order()
        : [];
}
