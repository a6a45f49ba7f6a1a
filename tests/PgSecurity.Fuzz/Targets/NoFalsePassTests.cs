using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using PgSecurity.Fuzz.Mutations;
using Xunit;
using Xunit.Abstractions;

namespace PgSecurity.Fuzz.Targets;

/// <summary>
/// A posture that says less, or says nothing that can be understood, is never one that passes. Two rules: where a value
/// is marked unknown, a failure may become Unknown and nothing else; where a value of the server is replaced by one that
/// no service gives (another type, a text of no meaning), a control that failed on it must not pass.
/// </summary>
public sealed class NoFalsePassTests(ITestOutputHelper output)
{
    private static readonly byte[][] Meaningless = [.. new[]
    {
        "{}", "[]", "[null]", "1e999", "123456789012345678901234567890", "\"\\u0000\"", "\"\u202eelbasiD\u202c\"", "\"nonsense\"", "\"Dis\u200babled\"", "\"D\u0131sabled\"", "\"Enab\\u0000led\"",
    }.Select(System.Text.Encoding.UTF8.GetBytes)];

    private static readonly Lazy<IReadOnlyList<Posture>> Whole = new(() => Corpus.Snapshots
        .SelectMany(line => PostureReader.Read(new MemoryStream(line), "estate"))
        .Select(result => result.Posture!).ToList());

    private static readonly Lazy<Dictionary<string, Dictionary<string, Outcome>>> Before = new(() => Whole.Value
        .ToDictionary(posture => posture.Id.Value, posture => Outcomes(Catalogue.Evaluator, posture)));

    [Fact]
    public void What_is_marked_unknown_turns_no_failure_into_a_pass() => FuzzRun.Each(output, 600, random =>
        Check(random, _ => new JsonObject { [UnknownValue.Key] = "marked" }, anywhere: true));

    [Fact]
    public void What_has_no_meaning_turns_no_failure_of_the_server_into_a_pass() => FuzzRun.Each(output, 600, random =>
        Check(random, chance => JsonNode.Parse(Meaningless[chance.Next(Meaningless.Length)]), anywhere: false));

    /// <summary>Every value that a failure stands on, on the server or one of its parameters, in place of which stands each of those without a meaning.</summary>
    [Fact]
    public void What_a_failure_stands_on_is_not_mended_by_nonsense()
    {
        HashSet<string> wrong = new(StringComparer.Ordinal);
        HashSet<string> tried = new(StringComparer.Ordinal);
        foreach (Posture posture in Whole.Value)
        {
            foreach (Finding failure in Catalogue.Evaluator.Evaluate(posture).Where(finding => finding.Outcome == Outcome.Fail))
            {
                Evaluator alone = Catalogue.EvaluatorOf(failure.ControlId);
                foreach (Evidence evidence in failure.Evidence.Where(evidence => tried.Add(failure.ControlId + " " + evidence.Field)))
                {
                    wrong.UnionWith(Meaningless.Where(nonsense => Passes(alone, posture, evidence, nonsense))
                        .Select(nonsense => $"{failure.ControlId} passes with {evidence.Field} = {System.Text.Encoding.UTF8.GetString(nonsense)}"));
                }
            }
        }

        Assert.True(tried.Count > 100, "hardly anything was replaced");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal)));
    }

    /// <summary>Every value of a server, whatever its depth, in whose place stands each of those without a meaning.</summary>
    [Fact]
    public void No_value_of_a_server_mends_a_failure_by_nonsense()
    {
        HashSet<string> tried = new(StringComparer.Ordinal);
        HashSet<string> wrong = new(StringComparer.Ordinal);
        foreach (Posture posture in Whole.Value)
        {
            string[] failing = [.. Before.Value[posture.Id.Value].Where(pair => pair.Value == Outcome.Fail).Select(pair => pair.Key)];
            string snapshot = System.Text.Encoding.UTF8.GetString(Corpus.Snapshots[IndexOf(posture)]);
            foreach (string path in PathsIn(JsonNode.Parse(snapshot)!["server"]!["properties"]!.AsObject()))
            {
                string[] open = [.. failing.Where(control => tried.Add(control + " " + path))];
                if (open.Length == 0) continue;
                Evaluator controls = Catalogue.EvaluatorOf(open);
                foreach (byte[] nonsense in Meaningless)
                {
                    JsonObject line = JsonNode.Parse(snapshot)!.AsObject();
                    Put(line["server"]!["properties"]!.AsObject(), path, JsonNode.Parse(nonsense));
                    Posture changed = PostureReader.ReadText(line.ToJsonString(), "nonsense").Single().Posture!;
                    wrong.UnionWith(controls.Evaluate(changed).Where(finding => finding.Outcome == Outcome.Pass)
                        .Select(finding => $"{finding.ControlId} passes with {path} = {System.Text.Encoding.UTF8.GetString(nonsense)}"));
                }
            }
        }

        Assert.True(tried.Count > 500, "hardly anything was replaced");
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Order(StringComparer.Ordinal)));
    }

    private static List<string> PathsIn(JsonObject properties)
    {
        List<(JsonObject Container, string Name, string Path)> places = new();
        Collect(properties, "", places);
        return [.. places.Select(place => place.Path[1..])];
    }

    private static void Put(JsonObject properties, string path, JsonNode? value)
    {
        string[] names = path.Split('.');
        JsonNode at = properties;
        foreach (string name in names[..^1]) at = at[name]!;
        at[names[^1]] = value;
    }

    private static bool Passes(Evaluator control, Posture posture, Evidence evidence, byte[] nonsense)
    {
        JsonObject line = JsonNode.Parse(Corpus.Snapshots[IndexOf(posture)])!.AsObject();
        if (!Replace(line, evidence, JsonNode.Parse(nonsense))) return false;
        Posture changed = PostureReader.ReadText(line.ToJsonString(), "nonsense").Single().Posture!;
        return control.Evaluate(changed).Single().Outcome == Outcome.Pass;
    }

    /// <summary>Replaces what a piece of evidence names; false where it is no value of the server or of a parameter.</summary>
    private static bool Replace(JsonObject line, Evidence evidence, JsonNode? value)
    {
        JsonObject server = line["server"]!.AsObject();
        if (evidence.ResourceId == server["id"]!.GetValue<string>())
        {
            JsonNode? at = server["properties"];
            string[] path = evidence.Field.Split('.');
            foreach (string name in path[..^1]) at = (at as JsonObject)?[name];
            if (at is not JsonObject parent || !parent.ContainsKey(path[^1])) return false;
            parent[path[^1]] = value;
            return true;
        }

        JsonNode? parameter = line["facets"]!.AsArray()
            .SelectMany(facet => facet!["resources"] as JsonArray ?? [])
            .FirstOrDefault(resource => resource!["id"]?.GetValue<string>() == evidence.ResourceId && evidence.ResourceId.Contains("/configurations/", StringComparison.OrdinalIgnoreCase));
        if (parameter?["properties"] is not JsonObject properties) return false;
        properties["value"] = value;
        return true;
    }

    private static void Check(Random random, Func<Random, JsonNode?> value, bool anywhere)
    {
        Posture posture = Whole.Value[random.Next(Whole.Value.Count)];
        JsonObject line = JsonNode.Parse(Corpus.Snapshots[IndexOf(posture)])!.AsObject();
        JsonNode root = anywhere && random.Next(2) == 0 ? AnyResource(line, random) : line["server"]!;
        if (root["properties"] is not JsonObject properties) return;
        JsonNode? other = value(random);
        string text = other?.ToJsonString() ?? "null";
        string path = ReplaceOne(properties, random, other);
        foreach (PostureReadResult result in PostureReader.ReadText(line.ToJsonString(), "mutated"))
        {
            Assert.Null(result.Error);
            Dictionary<string, Outcome> after = Outcomes(Catalogue.Evaluator, result.Posture!);
            foreach (KeyValuePair<string, Outcome> was in Before.Value[posture.Id.Value])
            {
                Outcome now = after[was.Key];
                bool allowed = was.Value != Outcome.Fail || now is Outcome.Fail or Outcome.Unknown || (!anywhere && now == Outcome.NotApplicable);
                Assert.True(allowed, $"{was.Key} on {posture.Id.Name}: {was.Value} became {now} with {path} = {text}");
            }
        }
    }

    private static int IndexOf(Posture posture) => Enumerable.Range(0, Whole.Value.Count).First(index => ReferenceEquals(Whole.Value[index], posture));

    private static JsonNode AnyResource(JsonObject line, Random random)
    {
        List<JsonNode> resources = line["facets"]!.AsArray()
            .SelectMany(facet => facet!["resources"] as JsonArray ?? [])
            .Select(resource => resource!).ToList();
        return resources.Count == 0 ? line["server"]! : resources[random.Next(resources.Count)];
    }

    /// <summary>Replaces a value at any depth and says where.</summary>
    private static string ReplaceOne(JsonObject container, Random random, JsonNode? value)
    {
        List<(JsonObject Container, string Name, string Path)> places = new();
        Collect(container, "properties", places);
        if (places.Count == 0) return "";
        (JsonObject parent, string name, string path) = places[random.Next(places.Count)];
        parent[name] = value;
        return path;
    }

    private static void Collect(JsonObject container, string path, List<(JsonObject, string, string)> places)
    {
        foreach (KeyValuePair<string, JsonNode?> member in container)
        {
            places.Add((container, member.Key, path + "." + member.Key));
            if (member.Value is JsonObject below) Collect(below, path + "." + member.Key, places);
        }
    }

    private static Dictionary<string, Outcome> Outcomes(Evaluator evaluator, Posture posture) =>
        evaluator.Evaluate(posture).ToDictionary(finding => finding.ControlId, finding => finding.Outcome);
}
