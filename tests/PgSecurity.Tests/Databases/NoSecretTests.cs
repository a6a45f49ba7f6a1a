using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using PgSecurity.Database.Tests.Masking;
using Xunit;

namespace PgSecurity.Tests.Databases;

/// <summary>
/// A whole day's work on databases, with every stream on: audit, repair and undo, masking, encryption, reports. In nothing that
/// comes out of it or is left on disk is a password, a token, a hash, a key or a value of a row, all of which were planted.
/// </summary>
public sealed class NoSecretTests(ModuleSession session) : IClassFixture<ModuleSession>, IAsyncLifetime
{
    private const string Login = "-Credential $login -Port $port -RootCertificate $roots";
    private const string ForeignSecret = "PLANTED-FOREIGN-PASSWORD-77aa";
    private const string Token = "eyJhbGciOiJub25lIn0.eyJ1cG4iOiJQTEFOVEVEIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4";
    private const string Value = "PLANTED-VALUE-078-05-1120";

    private readonly ModuleSession _session = session;
    private readonly TemporaryFolder _folder = TemporaryFolder.CurrentOf(session);
    private readonly StringBuilder _seen = new();
    private LabCluster _lab = null!;

    public async Task InitializeAsync()
    {
        _lab = await LabCluster.StartAsync(PostgresInstallation.System());
        await _lab.RunSqlAsync("app_clean", "create table public.client(id int primary key, email text, name text); insert into public.client values (1, 'PLANTED-ROW-2@example.com', 'PLANTED-NAME')");
        _session.Set("login", Credential(LabCluster.Superuser, _lab.Password));
        _session.Set("token", Credential("entra_app", Token));
        _session.Set("foreign", Credential(LabCluster.Superuser, ForeignSecret));
        _session.Set("value", Value);
        _session.Set("port", _lab.Port);
        _session.Set("roots", _lab.RootCertificates);
        _folder.Write("plan.json", Plan);
    }

    public async Task DisposeAsync()
    {
        _folder.Dispose();
        await _lab.DisposeAsync();
    }

    [PostgresFact]
    public void Nothing_that_comes_out_or_is_left_on_disk_holds_a_secret()
    {
        const string Find = "Get-PgSecurityFinding -Server localhost -IncludePassed -IncludeNotApplicable ";
        Do($"$findings = {Find} {Login}; $findings");
        Do($"{Find} -Control ACC-1* -Credential $token -Port $port -RootCertificate $roots");
        foreach (string format in new[] { "Html", "Json", "Csv", "Markdown", "Sarif", "JUnit", "Oscal" }) Do($"$findings | Export-PgSecurityReport -Path report.{format} -Format {format}");

        Do($"Repair-PgSecurityFinding -Server localhost -PlanOnly {Login}");
        Do($"Repair-PgSecurityFinding -Server localhost -JournalPath journal -AllowOneWay -AllowConnectivityLoss -Confirm:$false {Login}");
        Do($"Get-PgSecurityChange -JournalPath journal | Undo-PgSecurityChange -JournalPath journal -Force -Confirm:$false {Login}");
        Do("Get-PgSecurityChange -JournalPath journal");

        string shop = $"localhost app_clean {Login}";
        Do($"Get-PgSensitiveColumn {shop} -Plan plan.json -All -DraftPlan draft.json");
        Do($"New-PgMaskingView {shop} -Plan plan.json -Table client -JournalPath journal -Confirm:$false");
        Do($"New-PgMaskingDataWrapper {shop} -Name shop -Plan plan.json -ForeignServer localhost -ForeignPort $port -ForeignDatabase app_clean -ForeignCredential $foreign -JournalPath journal -Confirm:$false");
        Assert.Contains("StaticMask", Do($"Invoke-PgStaticMasking {shop} -Plan plan.json -AllowIrreversible -Confirm:$false"), StringComparison.Ordinal);
        Assert.Equal("CONFIDENTIAL", Read("select name from public.client"));

        Do("New-PgEncryptionKey shop.public.client.ssn ssn.key.json -LocalKeyFile local.key.json -IndexBits 8");
        Do("$stored = $value | Protect-PgValue ssn.key.json -Row 1 -LocalKeyFile local.key.json; $stored");
        Do("$stored | Unprotect-PgValue ssn.key.json -Row 2 -LocalKeyFile local.key.json");
        Do("$value | Unprotect-PgValue ssn.key.json -LocalKeyFile local.key.json");
        Do("Test-PgTlsConnection localhost -Port $port -RootCertificate $roots");

        string all = _seen.ToString() + string.Join('\n', Left());
        Assert.True(all.Length > 1_000_000, $"only {all.Length} characters were looked at");
        Assert.Contains("\"event\":\"intent\"", all, StringComparison.Ordinal);
        foreach (string secret in Secrets()) Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex("PLANTED-[A-Z-]*PASSWORD|PLANTED-(API|SALT|ROW|SSN|PW|VALUE|NAME|FOREIGN)"), all);
        Assert.DoesNotMatch(new Regex(@"SCRAM-SHA-256\$\d|\bmd5[0-9a-f]{32}\b"), all);
    }

    /// <summary>Runs a script and keeps whatever it gives on any stream, whole objects with all their properties.</summary>
    private string Do(string script)
    {
        string shown = _session.Shown(script);
        _seen.AppendLine(shown);
        return shown;
    }

    private string? Read(string query) => Task.Run(async () =>
    {
        await using DatabaseSession session = await DatabaseSession.OpenAsync(_lab.Target(LabCluster.Superuser), "app_clean");
        return await session.ScalarAsync(query);
    }).GetAwaiter().GetResult();

    /// <summary>Every file that was left, but for the keys themselves.</summary>
    private IEnumerable<string> Left() => Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".key.json", StringComparison.Ordinal))
        .Select(File.ReadAllText);

    private IEnumerable<string> Secrets()
    {
        yield return _lab.Password;
        yield return ForeignSecret;
        yield return Token;
        yield return Value;
        foreach (string key in Directory.EnumerateFiles(_folder.FullPath, "local.key.json").SelectMany(Texts).Where(text => text.Length >= 40)) yield return key;
    }

    /// <summary>The texts in a file of keys.</summary>
    private static IEnumerable<string> Texts(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String).Select(member => member.Value.GetString()!).ToList();
    }

    private static PSCredential Credential(string name, string password) => new(name, new NetworkCredential("", password).SecurePassword);

    private const string Plan = """
        { "schema": "pgsecurity/masking-plan/1", "approvedBy": "dpo@contoso.com", "columns": [
          { "schema": "public", "table": "client", "column": "id", "sensitive": false },
          { "schema": "public", "table": "client", "column": "email", "sensitive": true, "rule": "MASKED WITH VALUE NULL" },
          { "schema": "public", "table": "client", "column": "name", "sensitive": true, "rule": "MASKED WITH VALUE 'CONFIDENTIAL'" },
          { "schema": "app", "table": "orders", "column": "id", "sensitive": false },
          { "schema": "app", "table": "orders", "column": "tenant_id", "sensitive": false },
          { "schema": "app", "table": "orders", "column": "amount", "sensitive": false } ] }
        """;
}
