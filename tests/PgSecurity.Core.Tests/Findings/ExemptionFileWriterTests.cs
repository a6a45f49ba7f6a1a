using System;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using Xunit;

namespace PgSecurity.Core.Tests.Findings;

public class ExemptionFileWriterTests
{
    private static readonly DateTimeOffset End = new(2027, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[ // nothing yet\n]")]
    public void An_empty_file_gets_its_first_entry(string text)
    {
        Exemption read = Assert.Single(Read(ExemptionFileWriter.Add(text, "x.json", [Of("one")], false)).Exemptions);
        Assert.Equal(("one", "/subscriptions/s/resourceGroups/rg", "Because \"it\" must.", "me@contoso.com", End), (read.Name, read.Scope, read.Reason, read.Owner, read.ExpiresOn));
        Assert.Equal(["NET-*", "DAT-001"], read.Controls);
    }

    [Theory]
    [InlineData("]")]
    [InlineData(",\n]")]
    [InlineData(" // a comment, with a comma\n]")]
    [InlineData(" /* one, */ ]")]
    public void What_is_there_stays_as_it_is(string rest)
    {
        string before = "[\n  // why\n  " + ExemptionFileWriter.Write(Of("old")) + rest;
        string after = ExemptionFileWriter.Add(before, "x.json", [Of("new"), Of("newer")], false);
        Assert.Equal(["old", "new", "newer"], Read(after).Exemptions.Select(one => one.Name));
        Assert.StartsWith(before[..before.IndexOf('}', StringComparison.Ordinal)], after, StringComparison.Ordinal);
        if (rest.Contains("comment", StringComparison.Ordinal)) Assert.Contains("// a comment, with a comma", after, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_there_is_replaced_only_when_asked()
    {
        string before = ExemptionFileWriter.Add("", "x.json", [Of("one"), Of("two")], false);
        ControlFormatException refused = Assert.Throws<ControlFormatException>(() => ExemptionFileWriter.Add(before, "x.json", [Of("ONE")], false));
        Assert.Contains("already", refused.Errors.Single().Reason, StringComparison.Ordinal);
        string after = ExemptionFileWriter.Add(before, "x.json", [Of("one", "/subscriptions/other")], true);
        Assert.Equal([("one", "/subscriptions/other"), ("two", "/subscriptions/s/resourceGroups/rg")], Read(after).Exemptions.Select(one => (one.Name, one.Scope)));
    }

    [Theory]
    [InlineData("[ { \"name\": \"half\" } ]")]
    [InlineData("{ }")]
    [InlineData("[ {")]
    public void A_file_that_is_not_right_is_left_alone(string text)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, text);
            Assert.Throws<ControlFormatException>(() => ExemptionFileWriter.Add(path, [Of("one")], false));
            Assert.Equal(text, File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void An_entry_that_could_not_be_read_back_is_refused()
    {
        Assert.Throws<ControlFormatException>(() => ExemptionFileWriter.Add("", "x.json", [Of("one", "not an id")], false));
        Assert.Throws<ControlFormatException>(() => ExemptionFileWriter.Add("", "x.json", [Of(" ")], false));
    }

    [Fact]
    public void A_moment_keeps_its_time()
    {
        DateTimeOffset noon = new(2027, 3, 31, 14, 0, 0, TimeSpan.FromHours(2));
        Exemption exemption = new() { Name = "n", Scope = "/subscriptions/s", Controls = ["*"], Reason = "r", Owner = "o", ExpiresOn = noon };
        Assert.Equal(noon, Read(ExemptionFileWriter.Add("", "x.json", [exemption], false)).Exemptions.Single().ExpiresOn);
    }

    private static ExemptionSet Read(string text)
    {
        ExemptionSet set = ExemptionFile.Parse(text, "x.json");
        Assert.Empty(set.Errors);
        return set;
    }

    private static Exemption Of(string name, string scope = "/subscriptions/s/resourceGroups/rg") => new()
    {
        Name = name, Scope = scope, Controls = ["NET-*", "DAT-001"], Reason = "Because \"it\" must.", Owner = "me@contoso.com", ExpiresOn = End,
    };
}
