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
}
