using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class ExportPgSecuritySnapshotTests : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder = new();

    public ExportPgSecuritySnapshotTests(ModuleSession session)
    {
        _session = session;
        _session.Go(_folder.FullPath);
        _session.Run("$null = Connect-PgSecurity -Sandbox");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("one.ndjson")]
    [InlineData("one.ndjson.gz")]
    public void The_file_gives_the_findings_of_the_servers(string file)
    {
        _session.RunClean<FileInfo>($"Export-PgSecuritySnapshot {file} -ServerName psql-search-prod, psql-payout-prod -ErrorAction SilentlyContinue");
        string[] written = Outcomes($"Get-PgSecurityFinding {file} -IncludePassed -IncludeNotApplicable");
        string[] live = Outcomes("Get-PgSecurityFinding -ServerName psql-search-prod, psql-payout-prod -IncludePassed -IncludeNotApplicable -ErrorAction SilentlyContinue");
        Assert.NotEmpty(live);
        Assert.Equal(live, written);
        Assert.Empty(Directory.GetFiles(_folder.FullPath, "*.partial"));
    }

    [Fact]
    public void A_file_that_is_there_stays_without_Force()
    {
        File.WriteAllText(Path.Combine(_folder.FullPath, "there.ndjson"), "mine");
        _session.Run("Export-PgSecuritySnapshot there.ndjson");
        Assert.StartsWith("ArgumentWrong,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder.FullPath, "there.ndjson")));
    }

    [Fact]
    public void WhatIf_and_nothing_found_write_nothing()
    {
        _session.Run("Export-PgSecuritySnapshot a.ndjson -ServerName psql-ledger-prod -WhatIf");
        _session.Run("Export-PgSecuritySnapshot b.ndjson -ServerName nowhere");
        Assert.NotEmpty(_session.Warnings);
        Assert.Empty(Directory.GetFiles(_folder.FullPath));
    }

    private string[] Outcomes(string script) =>
        _session.Run(script).Select(item => (Finding)item.BaseObject).Select(finding => $"{finding.ServerName} {finding.ControlId} {finding.Outcome}").Order(StringComparer.Ordinal).ToArray();
}
