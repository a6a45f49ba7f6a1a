using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class ExportPgSecurityPolicyTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string Subscription = "-SubscriptionId 00000000-0000-0000-0000-000000000001";

    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder;

    public ExportPgSecurityPolicyTests(ModuleSession session)
    {
        _session = session;
        _folder = TemporaryFolder.CurrentOf(session);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_definition_a_control_an_initiative_and_an_index_are_written()
    {
        IReadOnlyList<FileInfo> files = _session.RunClean<FileInfo>($"Export-PgSecurityPolicy out -Control NET-001, DAT-001, NET-006 {Subscription} -WarningAction SilentlyContinue");
        Assert.All(files, file => Assert.True(file.Exists));
        Assert.Equal("index.json", files[^1].Name);
        Assert.Equal(["DAT-001.json", "NET-001.json"], Directory.GetFiles(At("out", "definitions")).Select(Path.GetFileName).Order());
        JsonElement index = Read("out", "index.json");
        Assert.Equal("NET-006", index.GetProperty("leftOut").EnumerateArray().Single().GetProperty("control").GetString());
        Assert.Empty(Directory.GetFiles(_folder.FullPath, "*.new", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_is_left_out_is_a_warning_and_named_in_verbose()
    {
        _session.Run($"Export-PgSecurityPolicy out -Control NET-001, NET-006 {Subscription} -Verbose");
        Assert.Contains("1 of 2 controls", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        Assert.Contains(_session.Verbose, text => text.StartsWith("NET-006 is left out: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Arm", "azuredeploy.json")]
    [InlineData("Bicep", "main.bicep")]
    public void Other_forms_are_one_file_and_the_index(string format, string name) =>
        Assert.Equal(
            [name, "index.json"],
            _session.RunClean<FileInfo>($"Export-PgSecurityPolicy out -Format {format} -Control NET-001 -ManagementGroup contoso").Select(file => file.Name));

    [Fact]
    public void Values_and_controls_come_from_the_usual_parameters_and_the_pipeline()
    {
        _session.RunClean<FileInfo>($"Get-PgSecurityControl BCK-003 | Export-PgSecurityPolicy out {Subscription} -Parameter @{{ backupRetentionDays = 28 }}");
        Assert.Equal(28, Read("out", "az", "BCK-003.params.json").GetProperty("backupRetentionDays").GetProperty("defaultValue").GetInt32());
        Assert.Single(Directory.GetFiles(At("out", "definitions")));
    }

    [Fact]
    public void A_folder_with_content_is_left_alone_unless_forced()
    {
        _folder.Write(Path.Combine("out", "mine.txt"), "mine");
        _session.Run($"Export-PgSecurityPolicy out -Control NET-001 {Subscription}");
        Assert.StartsWith("OutputNotEmpty,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(At("out")));
        Assert.NotEmpty(_session.RunClean<FileInfo>($"Export-PgSecurityPolicy out -Control NET-001 {Subscription} -Force"));
        Assert.Equal("mine", File.ReadAllText(At("out", "mine.txt")));
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        Assert.Empty(_session.Run($"Export-PgSecurityPolicy out -Control NET-001 {Subscription} -WhatIf"));
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public void An_empty_pipeline_exports_nothing()
    {
        Assert.Empty(_session.Run($"@() | Export-PgSecurityPolicy out {Subscription}"));
        Assert.False(Directory.Exists(At("out")));
    }

    [Fact]
    public void A_group_that_is_none_is_refused()
    {
        Assert.Empty(_session.Run("Export-PgSecurityPolicy out -Control NET-001 -ManagementGroup '/providers/x'"));
        Assert.StartsWith("ManagementGroupInvalid,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private string At(params string[] parts) => Path.Combine([_folder.FullPath, .. parts]);

    private JsonElement Read(params string[] parts) => JsonDocument.Parse(File.ReadAllText(At(parts))).RootElement;
}
