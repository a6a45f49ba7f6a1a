using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Schema;
using PgSecurity.Core.Reports;
using PgSecurity.Core.Tests.Reports;
using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>
/// JUnit reports by the schema that Jenkins' xunit plugin takes them by, the strictest in use. Two attributes go beyond it:
/// the file, which GitLab reads, and the line, which tools that annotate pull requests read.
/// </summary>
public sealed class JUnitValidationTests
{
    public static TheoryData<string> Sets => FindingSets.Names;

    [OfficialSchemaTheory(OfficialSchema.JUnit)]
    [MemberData(nameof(Sets))]
    public void The_schema_finds_nothing_wrong(string set) => Assert.Empty(Faults(ReportFindings.WriteBytes(ReportFormat.JUnit, FindingSets.Of(set))));

    [OfficialSchemaFact(OfficialSchema.JUnit)]
    public void The_schema_would_find_an_element_of_our_own() =>
        Assert.NotEmpty(Faults(Encoding.UTF8.GetBytes(ReportFindings.Write(ReportFormat.JUnit, ReportFindings.Every()).Replace("<skipped", "<exempt", StringComparison.Ordinal))));

    private static readonly string[] Beyond = ["The 'file' attribute is not declared.", "The 'line' attribute is not declared."];

    private static List<string> Faults(byte[] report)
    {
        List<string> faults = [];
        XmlReaderSettings settings = new() { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(null, OfficialSchema.PathOf(OfficialSchema.JUnit));
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        settings.ValidationEventHandler += (_, fault) =>
        {
            if (!Beyond.Contains(fault.Message)) faults.Add(fault.Message);
        };
        using XmlReader reader = XmlReader.Create(new MemoryStream(report), settings);
        while (reader.Read())
        {
        }

        return faults;
    }
}
