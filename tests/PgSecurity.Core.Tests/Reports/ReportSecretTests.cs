using System;
using System.Linq;
using Xunit;

namespace PgSecurity.Core.Tests.Reports;

public sealed class ReportSecretTests
{
    private const string Planted = "Pl4nted53cret";

    public static TheoryData<ReportFormat> Formats() => new(Enum.GetValues<ReportFormat>());

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_secret_is_in_a_report(ReportFormat format)
    {
        string[] secrets =
        [
            $"Server=x;User Id=admin;Password={Planted};Ssl Mode=Require",
            $"postgres://admin:{Planted}@server.postgres.database.azure.com/db",
            $"https://account.blob.core.windows.net/c?sv=2024&sig={Planted}%3D{Planted}",
            $"SCRAM-SHA-256$4096:{Planted}$x:y",
            $"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIx{Planted}.c2lnbmF0dXJl",
            $"-----BEGIN PRIVATE KEY-----\n{Planted}\n-----END PRIVATE KEY-----",
            $"Authorization: Bearer {Planted}{Planted}",
        ];
        Finding[] findings = secrets.SelectMany(secret => new[]
        {
            ReportFindings.Finding("one", "NET-001", Outcome.Fail, reason: secret, observed: secret, source: secret, evidence: [new Evidence("id", "value", secret, secret)]),
            ReportFindings.Finding("one", "NET-002", Outcome.Unknown, reason: "The service said: " + secret),
        }).Append(ReportFindings.Finding("one", "NET-003", Outcome.Fail, observed: $"administratorLoginPassword: {Planted}", evidence: [new Evidence("id", "properties.administratorLoginPassword", Planted, "")]))
        .ToArray();

        string text = ReportFindings.Write(format, findings);

        Assert.DoesNotContain(Planted, text, StringComparison.Ordinal);
        Assert.Contains("NET-001", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_named_like_a_secret_stays()
    {
        string text = ReportFindings.Write(
            ReportFormat.Json,
            [ReportFindings.Finding("one", "IDN-002", Outcome.Fail, observed: "passwordAuth: Enabled", evidence: [new Evidence("id", "properties.authConfig.passwordAuth", "Enabled", "Disabled"), new Evidence("id", "password_encryption", "md5", "scram-sha-256")])]);
        Assert.Contains("passwordAuth: Enabled", text, StringComparison.Ordinal);
        Assert.Contains("\"md5\"", text, StringComparison.Ordinal);
    }
}
