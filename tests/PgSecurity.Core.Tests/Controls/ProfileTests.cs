using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Controls;

/// <summary>The profiles as they ship.</summary>
public class ProfileTests
{
    [Fact]
    public void Every_profile_loads_and_every_name_has_a_file()
    {
        List<ControlError> errors = new();
        IReadOnlyList<Profile> profiles = Profile.LoadAll(RepositoryFiles.Profiles, Catalogue.All, errors);

        Assert.True(errors.Count == 0, string.Join(Environment.NewLine, errors));
        Assert.Subset(profiles.Select(profile => profile.Name).ToHashSet(), ProfileNames.ByHand.ToHashSet());
        Assert.Contains(profiles, profile => profile.Name == "cis-azure-database-services-2.0.0");
    }

    [Fact]
    public void Every_profile_that_ships_selects_something_and_says_what_it_is_for()
    {
        IReadOnlyList<Profile> profiles = Profile.LoadAll(RepositoryFiles.Profiles, Catalogue.All, new List<ControlError>());

        Assert.All(profiles, profile =>
        {
            Assert.NotEmpty(Catalogue.All.Select(new ControlSelection { Profiles = [profile] }));
            Assert.True(profile.Title.Length > 0 && profile.Description.Length > 0, profile.Name);
        });
    }

    [Fact]
    public void The_strict_profile_has_all_of_the_baseline()
    {
        HashSet<string> Ids(string profile) => Catalogue.All.Controls
            .Where(control => control.Profiles.Contains(profile)).Select(control => control.Id).ToHashSet();

        Assert.Subset(Ids("strict"), Ids("baseline"));
    }

    [Fact]
    public void A_profile_changes_severities_and_values()
    {
        Profile profile = Profile.Load(Path.Combine(RepositoryFiles.Profiles, "saas-confidential.json"), Catalogue.All);
        CompiledControl control = CompiledControl.Compile(Catalogue.All.Find("DAT-018")!, profile.Settings);

        Assert.Equal(Severity.Informational, Catalogue.All.Find("DAT-018")!.Severity);
        Assert.Equal(Severity.High, control.Severity);
        Assert.Equal(0, profile.Settings.Parameters["firewallMaximumAddresses"].GetInt32());
    }

    [Theory]
    [InlineData("CIS Azure Database Services", 11)]
    [InlineData("CIS Azure Database Services 2.0.0", 11)]
    [InlineData("cis azure database services 2.0.0 6.10", 1)]
    [InlineData("CIS Azure Database Services 6.1?", 2)]
    public void A_benchmark_selects_by_name_version_and_number(string pattern, int numbers)
    {
        IEnumerable<string> answered = Catalogue.All.Select(new ControlSelection { Benchmarks = [pattern] })
            .SelectMany(control => control.Benchmarks)
            .Where(reference => reference.Benchmark == "CIS Azure Database Services")
            .Select(reference => reference.Number)
            .Distinct();

        Assert.True(answered.Count() >= numbers, string.Join(", ", answered));
    }

    [Fact]
    public void A_name_that_selects_nothing_is_answered_with_the_nearest()
    {
        string told = Assert.Single(Catalogue.All.Unmatched(new ControlSelection { Ids = ["NTE-001", "NET-*"] }));

        Assert.Contains("'NTE-001'", told, StringComparison.Ordinal);
        Assert.Contains("NET-001", told, StringComparison.Ordinal);
    }
}
