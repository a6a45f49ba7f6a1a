using System;
using System.IO;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class NewPgSecurityExemptionTests : IClassFixture<ModuleSession>, IDisposable
{
    private const string Rest = "-Reason 'Because.' -Owner me@contoso.com -ExpiresOn 2999-03-31";

    private readonly ModuleSession _session;
    private readonly TemporaryFolder _folder;

    public NewPgSecurityExemptionTests(ModuleSession session)
    {
        _session = session;
        _folder = TemporaryFolder.CurrentOf(session);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_it_writes_exempts()
    {
        _folder.Write("server.json", SampleServers.Arm("one"));
        Exemption exemption = Assert.Single(_session.RunClean<Exemption>($"New-PgSecurityExemption e.json -Name one -Scope {SampleServers.IdOf("one")} -Control NET-001 {Rest}"));
        Assert.Equal(new DateTimeOffset(2999, 4, 1, 0, 0, 0, TimeSpan.Zero), exemption.ExpiresOn);
        Finding finding = Assert.Single(_session.RunClean<Finding>("Get-PgSecurityFinding server.json -Control NET-001 -Exemption e.json"));
        Assert.Equal((Outcome.Exempt, "one"), (finding.Outcome, finding.Exemption));
    }

    [Fact]
    public void Findings_become_one_exemption_a_server_with_their_controls()
    {
        _folder.Write("servers.json", $"[{SampleServers.Arm("one")},{SampleServers.Arm("two")}]");
        var exemptions = _session.RunClean<Exemption>($"Get-PgSecurityFinding servers.json -Control NET-001, DAT-005 | New-PgSecurityExemption e.json -Name set {Rest}");
        Assert.Equal(["set (one)", "set (two)"], exemptions.Select(one => one.Name));
        Assert.All(exemptions, one => Assert.Equal(["DAT-005", "NET-001"], one.Controls));
        Assert.All(
            _session.RunClean<Finding>("Get-PgSecurityFinding servers.json -Control NET-001, DAT-005 -Exemption e.json"),
            finding => Assert.Equal(Outcome.Exempt, finding.Outcome));
    }

    [Theory]
    [InlineData("-Scope '/subscriptions/s' -Control NOPE-9 -Reason r -Owner o -ExpiresOn 2999-03-31", "ControlNotFound")]
    [InlineData("-Scope '/subscriptions/s' -Control NET-001 -Reason r -Owner o -ExpiresOn 2001-03-31", "ExemptionExpired")]
    [InlineData("-Scope 'somewhere' -Control NET-001 -Reason r -Owner o -ExpiresOn 2999-03-31", "ExemptionInvalid")]
    public void What_would_exempt_nothing_is_refused(string arguments, string id)
    {
        Assert.Empty(_session.Run($"New-PgSecurityExemption e.json -Name one {arguments}"));
        Assert.StartsWith(id + ",", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "e.json")));
    }

    [Fact]
    public void A_name_that_is_there_needs_Force_and_WhatIf_writes_nothing()
    {
        string one = $"New-PgSecurityExemption e.json -Name one -Scope /subscriptions/s -Control NET-001 {Rest}";
        Assert.Empty(_session.Run(one + " -WhatIf"));
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "e.json")));
        _session.RunClean<Exemption>(one);
        Assert.Empty(_session.Run(one));
        Assert.StartsWith("ExemptionInvalid,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Single(_session.RunClean<Exemption>(one + " -Force"));
    }

    [Fact]
    public void Exemptions_of_Azure_Policy_that_cannot_be_told_are_errors()
    {
        _folder.Write("azure.json", """{ "id": "/subscriptions/s/providers/Microsoft.Authorization/policyExemptions/x", "properties": { "policyAssignmentId": "/elsewhere" } }""");
        Assert.Empty(_session.Run("New-PgSecurityExemption e.json -PolicyExemption azure.json"));
        Assert.StartsWith("PolicyExemptionUnread,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.FullPath, "e.json")));
    }
}
