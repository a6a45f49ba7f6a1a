using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Reading;
using Xunit;

namespace PgSecurity.Core.Tests.Templates;

/// <summary>Reads templates written in a test, and values out of the postures they make.</summary>
internal static class TemplateFixture
{
    public const string Schema = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#";

    /// <summary>A template of resources in a row.</summary>
    public static string Template(string resources, string parameters = "{}", string variables = "{}", string more = "") =>
        $$"""{"$schema":"{{Schema}}","contentVersion":"1.0.0.0",{{more}}"parameters":{{parameters}},"variables":{{variables}},"resources":{{resources}}}""";

    public static List<Posture> Read(string template, string? parameters = null)
    {
        PostureReaderOptions options = new();
        if (parameters is not null) options.TemplateParameters = JsonDocument.Parse(parameters).RootElement;
        List<PostureReadResult> results = PostureReader.ReadText(template, "main.json", options).ToList();
        Assert.DoesNotContain(results, result => result.Error is not null);
        return results.Where(result => result.Posture is not null).Select(result => result.Posture!).ToList();
    }

    public static Posture One(string template, string? parameters = null) => Assert.Single(Read(template, parameters));

    /// <summary>The text at a path of a body: <c>?</c> for the mark of an unknown value, null where there is nothing.</summary>
    public static string? Value(Resource? resource, string path)
    {
        JsonElement value = resource!.Body;
        foreach (string name in path.Split('.'))
        {
            if (UnknownValue.Is(value)) return "?";
            if (!resource.TryGetMember(value, path + "/" + name, name, out value)) return null;
        }

        return UnknownValue.Is(value) ? "?" : value.ToString();
    }

    public static string? Parameter(Posture posture, string name) =>
        posture.FacetOf(FacetTypes.Configurations).Find(name) is Resource parameter ? Value(parameter, "properties.value") : null;

    public static string[] Names(Posture posture, string type) =>
        posture.FacetOf(type).Resources.Select(resource => resource.Name).OrderBy(name => name, StringComparer.Ordinal).ToArray();
}
