using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NJsonSchema;
using PgSecurity.Core.Tests.Controls;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>
/// A schema as its owner publishes it, from the folder that PGSECURITY_SCHEMAS names, or from the shared data where that has
/// it. None is in the repository: they are the work of others, and not all of them may be passed on.
/// </summary>
internal static class OfficialSchema
{
    public const string Sarif = "sarif-schema-2.1.0.json";
    public const string Oscal = "oscal_assessment-results_schema.json";
    public const string JUnit = "junit-10.xsd";
    public const string Workbook = "workbook.json";
    public const string PolicyRule = "policyDefinition-2019-09-01.json";
    public const string ArmExpressions = "definitions.json";

    private const string Variable = "PGSECURITY_SCHEMAS";

    private static string Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
        ? folder
        : Path.Combine(RepositoryFiles.SharedData ?? "shared", "schemas");

    /// <summary>Why a test that needs schemas is left out; null where they are there.</summary>
    public static string? SkipReason(params string[] names) =>
        names.FirstOrDefault(name => !File.Exists(PathOf(name))) is { } missing ? $"'{missing}' is not in '{Folder}'. Put it there, or name a folder that has it in {Variable}, to run this test." : null;

    /// <summary>Where a schema is.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>A JSON schema.</summary>
    public static async Task<JsonSchema> ReadAsync(string name) => await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(PathOf(name)));
}
