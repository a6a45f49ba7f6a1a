using System;
using System.Threading.Tasks;
using NJsonSchema;
using PgSecurity.Core.Reports;
using PgSecurity.Core.Tests.Reports;
using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>OSCAL assessment results by the schema of NIST.</summary>
public sealed class OscalValidationTests
{
    public static TheoryData<string> Sets => FindingSets.Names;

    [OfficialSchemaTheory(OfficialSchema.Oscal)]
    [MemberData(nameof(Sets))]
    public async Task The_schema_finds_nothing_wrong(string set)
    {
        JsonSchema schema = await OfficialSchema.ReadAsync(OfficialSchema.Oscal);
        Assert.Empty(schema.Validate(ReportFindings.Write(ReportFormat.Oscal, FindingSets.Of(set))));
    }

    [OfficialSchemaTheory(OfficialSchema.Oscal)]
    [InlineData("\"TEST\"", "\"\"")]
    [InlineData("\"observations\": [", "\"observation\": [")]
    [InlineData("-5", "-x")]
    public async Task The_schema_would_find(string right, string wrong)
    {
        JsonSchema schema = await OfficialSchema.ReadAsync(OfficialSchema.Oscal);
        string text = ReportFindings.Write(ReportFormat.Oscal, ReportFindings.Every());
        Assert.NotEmpty(schema.Validate(text.Replace(right, wrong, StringComparison.Ordinal)));
    }
}
