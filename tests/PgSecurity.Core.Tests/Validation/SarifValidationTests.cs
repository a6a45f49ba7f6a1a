using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using NJsonSchema;
using PgSecurity.Core.Reports;
using PgSecurity.Core.Tests.Reports;
using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>SARIF reports by the schema of OASIS, and by Microsoft's own validator with its rules for GitHub's code scanning.</summary>
public sealed class SarifValidationTests
{
    public static TheoryData<string> Sets => FindingSets.Names;

    /// <summary>The tool has no page of its own that a report could name.</summary>
    private static readonly string[] Known = ["SARIF2005"];

    [OfficialSchemaTheory(OfficialSchema.Sarif)]
    [MemberData(nameof(Sets))]
    public async Task The_schema_finds_nothing_wrong(string set)
    {
        JsonSchema schema = await OfficialSchema.ReadAsync(OfficialSchema.Sarif);
        Assert.Empty(schema.Validate(ReportFindings.Write(ReportFormat.Sarif, FindingSets.Of(set))));
    }

    [OfficialSchemaFact(OfficialSchema.Sarif)]
    public async Task The_schema_would_find_a_kind_of_our_own()
    {
        JsonSchema schema = await OfficialSchema.ReadAsync(OfficialSchema.Sarif);
        string text = ReportFindings.Write(ReportFormat.Sarif, ReportFindings.Every());
        Assert.NotEmpty(schema.Validate(text.Replace("\"kind\": \"open\"", "\"kind\": \"unknown\"", StringComparison.Ordinal)));
    }

    [ValidatorTheory(ValidatorProgram.Sarif)]
    [InlineData("every outcome")]
    [InlineData("none")]
    [InlineData("hostile names")]
    public async Task Microsofts_validator_finds_nothing_wrong(string set) => Assert.Empty(await ValidateAsync(ReportFindings.Write(ReportFormat.Sarif, FindingSets.Of(set))));

    [ValidatorFact(ValidatorProgram.Sarif)]
    public async Task Microsofts_validator_would_find_a_rule_that_is_not_there()
    {
        string text = ReportFindings.Write(ReportFormat.Sarif, ReportFindings.Every());
        Assert.NotEmpty(await ValidateAsync(text.Replace("\"ruleIndex\": 1,", "\"ruleIndex\": 77,", StringComparison.Ordinal)));
    }

    /// <summary>The errors and warnings that the validator finds.</summary>
    private static async Task<List<string>> ValidateAsync(string report)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pgsecurity-sarif-");
        try
        {
            string file = Path.Combine(folder.FullName, "report.sarif"), results = Path.Combine(folder.FullName, "results.sarif");
            await File.WriteAllTextAsync(file, report);
            (_, string output) = await ValidatorProgram.RunAsync(
                ValidatorProgram.PathOf(ValidatorProgram.Sarif), ["validate", file, "--rule-kind", "Sarif;Gh", "--level", "Error;Warning", "--max-file-size-in-kb", "100000", "--output", results, "--quiet"]);
            Assert.True(File.Exists(results), output);
            using JsonDocument log = JsonDocument.Parse(await File.ReadAllTextAsync(results));
            JsonElement run = Assert.Single(log.RootElement.GetProperty("runs").EnumerateArray());
            return run.GetProperty("results").EnumerateArray()
                .Where(result => !Known.Contains(result.GetProperty("ruleId").GetString()))
                .Select(result => $"{result.GetProperty("ruleId")}: {result.GetProperty("message")}")
                .ToList();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
