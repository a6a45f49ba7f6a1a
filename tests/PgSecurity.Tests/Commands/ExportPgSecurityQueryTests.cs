using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class ExportPgSecurityQueryTests : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder;

    public ExportPgSecurityQueryTests(ModuleSession session)
    {
        _session = session;
        _folder = TemporaryFolder.CurrentOf(session);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_query_for_all_one_for_each_a_workbook_and_an_index_are_written()
    {
        IReadOnlyList<FileInfo> files = _session.RunClean<FileInfo>("Export-PgSecurityQuery out -Control NET-001, NET-002, DAT-001 -WarningAction SilentlyContinue");
        Assert.Equal(["findings.kql", "NET-001.kql", "NET-002.kql", "workbook.json", "index.json"], files.Select(file => file.Name));
        Assert.All(files, file => Assert.True(file.Exists));
        Assert.Contains("DAT-001", File.ReadAllText(files[^1].FullName), StringComparison.Ordinal);
    }

    [Fact]
    public void AsText_puts_out_the_query_and_writes_nothing()
    {
        string query = Assert.Single(_session.RunClean<string>("Get-PgSecurityControl NET-001 | Export-PgSecurityQuery -AsText"));
        Assert.StartsWith("resources\n", query, StringComparison.Ordinal);
        Assert.Contains("'NET-001'", query, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.FullPath));
    }

    [Fact]
    public void Values_are_written_in() =>
        Assert.Contains("< 28)", Assert.Single(_session.RunClean<string>("Export-PgSecurityQuery -AsText -Control BCK-003 -Parameter @{ backupRetentionDays = 28 }")), StringComparison.Ordinal);

    [Fact]
    public void What_is_left_out_is_a_warning_and_named_in_verbose()
    {
        Assert.Empty(_session.Run("Export-PgSecurityQuery -AsText -Control DAT-001 -Verbose"));
        Assert.Contains("1 of 1 controls", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        Assert.Contains(_session.Verbose, text => text.StartsWith("DAT-001 is left out: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_with_content_is_left_alone_unless_forced_and_WhatIf_writes_nothing()
    {
        Assert.Empty(_session.Run("Export-PgSecurityQuery out -Control NET-001 -WhatIf"));
        _folder.Write(Path.Combine("out", "mine.txt"), "mine");
        _session.Run("Export-PgSecurityQuery out -Control NET-001");
        Assert.StartsWith("OutputNotEmpty,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(4, _session.RunClean<FileInfo>("Export-PgSecurityQuery out -Control NET-001 -Force").Count);
    }
}
