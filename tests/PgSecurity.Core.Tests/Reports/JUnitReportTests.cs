using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class JUnitReportTests
{
    [Fact]
    public void A_server_is_a_suite_whose_counts_are_those_of_its_cases()
    {
        XElement[] suites = Read(ReportFindings.Every().ToArray()).Elements("testsuite").ToArray();
        Assert.Equal(["one", "two"], suites.Select(suite => (string)suite.Attribute("name")!));
        Assert.All(suites, suite =>
        {
            Assert.Equal((int)suite.Attribute("tests")!, suite.Elements("testcase").Count());
            Assert.Equal((int)suite.Attribute("failures")!, suite.Descendants("failure").Count());
            Assert.Equal((int)suite.Attribute("errors")!, suite.Descendants("error").Count());
            Assert.Equal((int)suite.Attribute("skipped")!, suite.Descendants("skipped").Count());
        });
    }

    [Fact]
    public void What_is_unknown_is_an_error_with_its_reason()
    {
        XElement test = Case(Outcome.Unknown);
        Assert.Contains("403", (string)test.Element("error")!.Attribute("message")!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Outcome.Fail, "failure")]
    [InlineData(Outcome.Unknown, "error")]
    [InlineData(Outcome.NotApplicable, "skipped")]
    [InlineData(Outcome.Exempt, "skipped")]
    [InlineData(Outcome.Pass, null)]
    public void An_outcome_is_its_element(Outcome outcome, string? element) =>
        Assert.Equal(element, Case(outcome).Elements().SingleOrDefault()?.Name.LocalName);

    [Fact]
    public void Where_it_is_in_a_file_is_told()
    {
        XElement test = Case(Outcome.Fail);
        Assert.Equal(("/repo/infra/main.json", 12), ((string)test.Attribute("file")!, (int)test.Attribute("line")!));
    }

    [Fact]
    public void Hostile_names_are_text_and_every_character_is_one_of_XML()
    {
        XElement[] suites = Read(ReportFindings.HostileNames.Select(name => ReportFindings.Finding(name, "NET-001", Outcome.Fail, observed: name)).ToArray()).Elements("testsuite").ToArray();
        Assert.Equal(
            ReportFindings.HostileNames.Select(name => name.Replace('\uD800', '\uFFFD').Replace('\u0001', '\uFFFD')),
            suites.Select(suite => (string)suite.Attribute("name")!));
    }

    [Fact]
    public void Nothing_is_no_suite() => Assert.Empty(Read().Elements());

    private static XElement Case(Outcome outcome)
    {
        Finding finding = ReportFindings.Every().First(item => item.Outcome == outcome);
        return Read(finding).Element("testsuite")!.Elements("testcase").Single();
    }

    private static XElement Read(params Finding[] findings)
    {
        using MemoryStream stream = new(ReportFindings.WriteBytes(ReportFormat.JUnit, findings));
        return XDocument.Load(stream).Element("testsuites")!;
    }
}
