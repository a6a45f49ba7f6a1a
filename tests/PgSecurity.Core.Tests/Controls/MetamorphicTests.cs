using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Samples;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>
/// Less information never yields more certainty: for every control and every sample posture, taking a facet away, or
/// marking a property of the server unknown, leaves the outcome as it is or makes it Unknown.
/// </summary>
[Collection("Estate")]
public class MetamorphicTests
{
    public static TheoryData<string> Controls() => new(Catalogue.All.Controls.Select(control => control.Id).DefaultIfEmpty(""));

    [Theory]
    [MemberData(nameof(Controls))]
    public void Taking_a_facet_away_never_makes_an_outcome_of_another(string id)
    {
        if (id.Length == 0) return;
        CompiledControl control = Catalogue.Compile(id);
        List<string> wrong = new();
        foreach (Posture posture in Postures(id))
        {
            Outcome before = Outcome(control, posture);
            foreach (string type in control.Policy.Types.Concat(control.RequiredFacets).Distinct())
            {
                if (type == posture.Id.ResourceType) continue;
                Check(control, before, posture.With(Facet.NotCollected(type)), $"{posture.Source} without {type}", wrong);
                Facet known = posture.FacetOf(type);
                if (known.IsComplete && known.Resources.Count > 0)
                {
                    Facet partial = new(type, known.Resources.Take(known.Resources.Count / 2).ToList(), new FacetGap(FacetGapKind.Partial, "half of it"));
                    Check(control, before, posture.With(partial), $"{posture.Source} with half of {type}", wrong);
                }
            }
        }

        Assert.True(wrong.Count == 0, id + Environment.NewLine + string.Join(Environment.NewLine, wrong.Take(10)));
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void Marking_a_property_of_the_server_unknown_never_makes_an_outcome_of_another(string id)
    {
        if (id.Length == 0) return;
        CompiledControl control = Catalogue.Compile(id);
        List<string> wrong = new();
        foreach (Posture posture in Postures(id))
        {
            Outcome before = Outcome(control, posture);
            foreach ((string path, Posture less) in WithPropertiesUnknown(posture))
            {
                Check(control, before, less, $"{posture.Source} with {path} unknown", wrong);
            }

            Resource gap = new(posture.Id.Value, posture.Id.ResourceType, posture.Id.Name, JsonSerializer.SerializeToElement(new { name = posture.Id.Name }), "only its name is known");
            Check(control, before, WithServer(posture, gap), $"{posture.Source} with nothing of the server known", wrong);
        }

        Assert.True(wrong.Count == 0, id + Environment.NewLine + string.Join(Environment.NewLine, wrong.Take(10)));
    }

    [Theory]
    [MemberData(nameof(Controls))]
    public void Marking_a_resource_unknown_never_makes_an_outcome_of_another(string id)
    {
        if (id.Length == 0) return;
        CompiledControl control = Catalogue.Compile(id);
        List<string> wrong = new();
        foreach (Posture posture in Postures(id))
        {
            Outcome before = Outcome(control, posture);
            foreach (string type in control.RequiredFacets.Where(type => type != FacetTypes.Configurations && type != posture.Id.ResourceType))
            {
                Facet facet = posture.FacetOf(type);
                for (int index = 0; index < facet.Resources.Count; index++)
                {
                    int marked = index;
                    Facet changed = new(type, facet.Resources.Select((resource, at) => at == marked ? WithoutProperties(resource) : resource).ToList(), facet.Gap);
                    Check(control, before, posture.With(changed), $"{posture.Source} with {type} {facet.Resources[index].Name} unknown", wrong);
                }
            }
        }

        Assert.True(wrong.Count == 0, id + Environment.NewLine + string.Join(Environment.NewLine, wrong.Take(10)));
    }

    private static readonly Dictionary<Posture, List<(string Path, Posture Less)>> OfEstate = new();

    /// <summary>A posture with each property of the server unknown in turn; those of the estate are made once.</summary>
    private static List<(string Path, Posture Less)> WithPropertiesUnknown(Posture posture)
    {
        if (OfEstate.TryGetValue(posture, out List<(string Path, Posture Less)>? made)) return made;
        JsonObject body = (JsonObject)JsonNode.Parse(posture.Server.Body.GetRawText())!;
        made = Paths(body, [])
            .Where(path => path[0] is "properties" or "sku" or "identity" or "location")
            .Select(path => (string.Join('.', path), WithServer(posture, Marked(body, path, posture.Server.Gap))))
            .ToList();
        if (EstateGenerator.Made.Contains(posture)) OfEstate.Add(posture, made);
        return made;
    }

    /// <summary>The estate and the control's own cases.</summary>
    private static IEnumerable<Posture> Postures(string id)
    {
        string path = Path.Combine(RepositoryFiles.Cases, id + ".json");
        IEnumerable<Posture> cases = File.Exists(path)
            ? ControlCase.Read(path).Select(item => CasePosture.Build(item.Content, item.Name))
            : [];
        return EstateGenerator.Made.Concat(cases);
    }

    private static void Check(CompiledControl control, Outcome before, Posture less, string what, List<string> wrong)
    {
        Outcome after = Outcome(control, less);
        if (after != before && after != PgSecurity.Outcome.Unknown) wrong.Add($"{what}: {before} became {after}");
    }

    private static Outcome Outcome(CompiledControl control, Posture posture) => Catalogue.Judge(control, posture).Outcome;

    private static Resource WithoutProperties(Resource resource) => new(
        resource.Id, resource.Type, resource.Name,
        JsonSerializer.SerializeToElement(new { id = resource.Id, type = resource.Type, name = resource.Name }), "its properties are not known");

    private static Posture WithServer(Posture posture, Resource server) => new(
        posture.Id, server, posture.Facets.Where(facet => facet.Type != posture.Id.ResourceType), posture.Source, posture.CollectedAt);

    private static Resource Marked(JsonObject body, string[] path, string? gap)
    {
        JsonObject copy = (JsonObject)body.DeepClone();
        JsonNode container = copy;
        foreach (string name in path.SkipLast(1))
        {
            container = container[name]!;
        }

        container[path[^1]] = new JsonObject { [UnknownValue.Key] = "marked by a test" };
        ServerId id = ServerId.Parse((string)copy["id"]!);
        return new Resource(id.Value, id.ResourceType, id.Name, JsonSerializer.SerializeToElement(copy), gap);
    }

    private static IEnumerable<string[]> Paths(JsonObject node, string[] above)
    {
        foreach (KeyValuePair<string, JsonNode?> member in node)
        {
            string[] path = [.. above, member.Key];
            yield return path;
            if (member.Value is not JsonObject inner) continue;
            foreach (string[] below in Paths(inner, path))
            {
                yield return below;
            }
        }
    }
}
