using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class GetPgSecurityControlTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    private readonly ModuleSession _session = session;

    [Fact]
    public void Every_control_file_is_a_control()
    {
        IReadOnlyList<Control> controls = _session.RunClean<Control>("Get-PgSecurityControl");
        string[] files = Directory.GetFiles(Repository.At("module", "Controls"), "*.json", SearchOption.AllDirectories);
        Assert.Equal(
            files.Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal),
            controls.Select(control => control.ControlId).Order(StringComparer.Ordinal));
        Assert.All(controls, control =>
        {
            Assert.NotEqual("", control.Title);
            Assert.NotEqual("", control.Rationale);
            Assert.NotEqual("", control.Recommendation);
            Assert.NotEmpty(control.Facets);
        });
    }

    [Theory]
    [InlineData("LOG-001")]
    [InlineData("log-001")]
    [InlineData("-Control LOG-001")]
    public void A_control_is_found_by_its_id(string parameters) =>
        Assert.Equal("LOG-001", Assert.Single(_session.RunClean<Control>($"Get-PgSecurityControl {parameters}")).ControlId);

    [Fact]
    public void Selections_narrow_each_other()
    {
        IReadOnlyList<Control> controls = _session.RunClean<Control>("Get-PgSecurityControl -Section Logging -Severity High");
        Assert.NotEmpty(controls);
        Assert.All(controls, control => Assert.Equal(("Logging", Severity.High), (control.Section, control.Severity)));
    }

    [Fact]
    public void Findings_show_their_controls_each_once()
    {
        IReadOnlyList<string> ids = _session.RunClean<Control>("Get-PgSecurityFinding -Sample -Section Logging | Get-PgSecurityControl")
            .Select(control => control.ControlId).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
    }

    [Fact]
    public void A_name_that_there_is_not_says_what_is_near()
    {
        Assert.Empty(_session.Run("Get-PgSecurityControl LOG-0001"));
        System.Management.Automation.ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("ControlNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("LOG-001", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Each_runspace_has_a_state_of_its_own()
    {
        using ModuleSession other = new();
        Assert.Equal(
            _session.RunClean<Control>("Get-PgSecurityControl").Count,
            other.RunClean<Control>("Get-PgSecurityControl").Count);
    }
}
