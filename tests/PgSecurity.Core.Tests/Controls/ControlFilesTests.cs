using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Documentation;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>What holds for every file of the catalogue.</summary>
public class ControlFilesTests
{
    [Fact]
    public void Every_file_is_a_control() =>
        Assert.True(Catalogue.All.Errors.Count == 0, string.Join(Environment.NewLine, Catalogue.All.Errors));

    [Fact]
    public void Every_control_compiles_and_asks_for_facets_that_there_are() => Assert.All(Catalogue.All.Controls, control =>
    {
        CompiledControl compiled = CompiledControl.Compile(control, ControlSettings.None);

        Assert.Contains(FacetTypes.Server, compiled.RequiredFacets);
        Assert.All(compiled.RequiredFacets, type => Assert.True(FacetTypes.IsKnown(type), type));
        Assert.DoesNotContain(compiled.RequiredFacets, type => DerivedFacets.TryGet(type, out _));
    });

    [Fact]
    public void Every_control_has_cases_that_fail_pass_do_not_apply_and_leave_something_out()
    {
        List<string> wrong = new();
        foreach (ControlDefinition control in Catalogue.All.Controls)
        {
            string path = Path.Combine(RepositoryFiles.Cases, control.Id + ".json");
            if (!File.Exists(path))
            {
                wrong.Add($"{control.Id} has no cases");
                continue;
            }

            IReadOnlyList<ControlCase> cases = ControlCase.Read(path);
            if (cases.Count < 4) wrong.Add($"{control.Id} has fewer than four cases");
            if (!cases.Any(item => item.Expect == Outcome.Fail)) wrong.Add($"{control.Id} has no failing case");
            if (!cases.Any(item => item.Expect == Outcome.Pass)) wrong.Add($"{control.Id} has no passing case");
            if (!cases.Any(item => item.Expect == Outcome.NotApplicable) && control.AppliesTo.Count > 0) wrong.Add($"{control.Id} has no case where it does not apply");
            if (!cases.Any(LeavesOut)) wrong.Add($"{control.Id} has no case with something left out");
            if (cases.Select(item => item.Name).Distinct().Count() != cases.Count) wrong.Add($"{control.Id} has two cases of one name");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void Every_case_file_belongs_to_a_control() => Assert.All(
        ControlCase.Files(),
        path => Assert.True(Catalogue.All.Find(Path.GetFileNameWithoutExtension(path)) is not null, path));

    [Fact]
    public void Every_page_is_fresh()
    {
        string directory = RepositoryFiles.In("docs", "controls");
        if (RepositoryFiles.WriteGenerated) ControlPages.Write(Catalogue.All, directory);

        IReadOnlyList<string> stale = ControlPages.Stale(Catalogue.All, directory);
        Assert.True(
            stale.Count == 0,
            $"Stale pages in docs/controls: {string.Join(", ", stale)}. Write them anew with '{ControlPages.Command}' or with PGSECURITY_WRITE_DOCS=1 set for this test.");
    }

    private static bool LeavesOut(ControlCase item) =>
        item.Content.ContainsKey("remove")
        || item.Content.ContainsKey("unavailable")
        || item.Content.ContainsKey("notCollected")
        || item.Content.ContainsKey("serverGap")
        || HasNull(item.Content["parameters"])
        || HasNull(item.Content["resources"])
        || HasNull(item.Content["server"])
        || (item.Content["facets"] is JsonObject facets && facets.Any(facet => facet.Value is JsonArray { Count: 0 }));

    private static bool HasNull(JsonNode? node) =>
        node is JsonObject members && members.Any(member => member.Value is null || HasNull(member.Value));
}
