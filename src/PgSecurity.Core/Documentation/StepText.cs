using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Documentation;

/// <summary>A step of a remediation in words.</summary>
public static class StepText
{
    /// <summary>What a step does, in a sentence.</summary>
    public static string Of(RemediationStep step) => step switch
    {
        SetPropertiesStep set => $"Sets on {Subject(set.Type, set.Name)}: {Values(set)}.",
        SetParameterStep set => $"Sets the server parameter {Markdown.Code(set.Name)} to {Value(set.Value)}.",
        ChangeListStep { Add: true } change => $"Adds {Value(change.Values)} to the server parameter {Markdown.Code(change.Name)}; its other members stay.",
        ChangeListStep change => $"Takes {Value(change.Values)} out of the server parameter {Markdown.Code(change.Name)}; its other members stay.",
        PutResourceStep put => $"Creates or replaces {Subject(put.Type, put.Name)}: {string.Join(", ", Leaves(put.Properties, ""))}.",
        DeleteResourcesStep delete => $"Deletes those {Markdown.Code(delete.Type)} that the finding names.",
        RunSqlStep run => $"Runs {Markdown.Code(run.File)} in the server's databases.",
        _ => "",
    };

    private static string Subject(string type, string? name) =>
        type == FacetTypes.Server ? "the server" : name is null ? Markdown.Code(type) : Markdown.Code($"{type} {name}");

    private static string Values(SetPropertiesStep set)
    {
        IEnumerable<string> properties = set.Properties is JsonElement patch ? Leaves(patch, "") : Enumerable.Empty<string>();
        IEnumerable<string> body = set.Body is JsonElement whole ? Leaves(whole, "") : Enumerable.Empty<string>();
        return string.Join(", ", properties.Concat(body));
    }

    private static IEnumerable<string> Leaves(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object) return new[] { $"{Markdown.Code(path)} = {Value(value)}" };
        return value.EnumerateObject().SelectMany(member => Leaves(member.Value, path.Length == 0 ? member.Name : path + "." + member.Name));
    }

    private static string Value(JsonElement value) =>
        Markdown.Code(value.ValueKind == JsonValueKind.String ? value.GetString()! : JsonSerializer.Serialize(value));
}
