using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using PgSecurity.Database.Sql;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Tests.Databases;

/// <summary>Repair and undo of databases by the cmdlets, on a real PostgreSQL: outside Azure, and as the databases of a server in a sandbox.</summary>
public sealed class DatabaseRepairTests(ModuleSession session) : IClassFixture<ModuleSession>, IAsyncLifetime
{
    private const string Login = "-Credential $login -Port $port -RootCertificate $roots";
    private const string Repair = "Repair-PgSecurityFinding -JournalPath journal " + Login;
    private const string Undo = "Undo-PgSecurityChange -JournalPath journal " + Login;

    private readonly ModuleSession _session = session;
    private readonly TemporaryFolder _folder = TemporaryFolder.CurrentOf(session);
    private LabCluster _lab = null!;

    public async Task InitializeAsync()
    {
        _lab = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        await _lab.RunSqlAsync("postgres", "create schema app; grant create on schema app to public; create role clerk login");
        _session.Set("login", new PSCredential(LabCluster.Superuser, new System.Net.NetworkCredential("", _lab.Password).SecurePassword));
        _session.Set("port", _lab.Port);
        _session.Set("roots", _lab.RootCertificates);
    }

    public async Task DisposeAsync()
    {
        _session.Run("Disconnect-PgSecurity");
        _folder.Dispose();
        await _lab.DisposeAsync();
    }

    [PostgresFact]
    public void Findings_of_a_server_outside_Azure_are_repaired_and_given_back()
    {
        string find = "Get-PgSecurityFinding -Server localhost -Control ACC-110 " + Login;

        Change change = Assert.Single(Changes($"{find} | {Repair}"), change => change.TargetId.EndsWith("/app", StringComparison.Ordinal));

        Assert.Equal(ChangeStatus.Changed, change.Status);
        Assert.Equal("SQL in postgres: publicSchemas app", change.Step);
        Assert.Equal("ACC-110: Pass", Assert.Single(change.Verdict));
        Assert.Empty(_session.RunClean<Finding>(find));
        Assert.All(Changes("Get-PgSecurityChange -JournalPath journal"), known => Assert.Equal(ChangeStatus.Changed, known.Status));
        Assert.All(Changes($"Get-PgSecurityChange -JournalPath journal | {Undo}"), back => Assert.Equal(ChangeStatus.Changed, back.Status));
        Assert.Single(_session.RunClean<Finding>(find));
    }

    [PostgresFact]
    public void WhatIf_and_the_plan_say_the_statements_and_run_none()
    {
        Assert.Empty(_session.Run($"{Repair} -Server localhost -Control ACC-110 -WhatIf"));
        PlannedChange planned = _session.RunClean<PlannedChange>($"{Repair} -Server localhost -Control ACC-110 -PlanOnly").Single(one => one.TargetId.EndsWith("/app", StringComparison.Ordinal));
        Assert.Equal(("SQL", "revoke create on schema \"app\" from public;"), (planned.Method, planned.To));
        Assert.Contains("grant create on schema \\\"app\\\" to public;", planned.Body, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder.FullPath, "journal")));
        Assert.NotEmpty(_session.RunClean<Finding>("Get-PgSecurityFinding -Server localhost -Control ACC-110 " + Login));
    }

    [PostgresFact]
    public void A_server_outside_Azure_needs_a_login()
    {
        _session.Run("Repair-PgSecurityFinding -Server localhost -Control ACC-110 -JournalPath journal");
        Assert.StartsWith("CredentialMissing", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Findings_of_Azure_and_of_the_databases_go_in_one_run_and_come_back_in_one()
    {
        Connect();

        IReadOnlyList<Change> changes = Changes($"{Repair} -ResourceId $id -Control ACC-110, ACC-104, DAT-002 -AllowConnectivityLoss");

        Assert.All(changes, change => Assert.Equal((ChangeStatus.Changed, ""), (change.Status, change.Reason)));
        List<string> steps = changes.Select(change => change.Step).ToList();
        Assert.Contains("SQL in postgres: publicSchemas app", steps);
        Assert.Contains("SQL in postgres: databaseRoles clerk", steps);
        Assert.True(steps.IndexOf("parameter ssl_min_protocol_version") == steps.Count - 1, "What may take the way in comes after the statements: " + string.Join(", ", steps));
        Assert.Single(Directory.GetFiles(Path.Combine(_folder.FullPath, "journal")));

        IReadOnlyList<Change> undone = Changes($"{Undo} -RunId {changes[0].RunId} -AllowConnectivityLoss");

        Assert.Equal(changes.Count, undone.Count);
        Assert.All(undone, change => Assert.Equal((ChangeStatus.Changed, ""), (change.Status, change.Reason)));
        Assert.Equal(3, _session.RunClean<Finding>($"Get-PgSecurityFinding -ResourceId $id -IncludeDatabase -Credential $login -RootCertificate $roots -Control DAT-002; Get-PgSecurityFinding -Server localhost {Login} -Control ACC-110, ACC-104").Count);
    }

    [PostgresFact]
    public void Databases_without_a_login_are_named_and_the_rest_is_repaired()
    {
        Connect();

        IReadOnlyList<Change> changes = Changes("Repair-PgSecurityFinding -JournalPath journal -ResourceId $id -Control ACC-110, DAT-002 -AllowConnectivityLoss");

        Assert.Equal(ChangeStatus.Changed, changes.Single(change => change.ControlId.Contains("DAT-002")).Status);
        Assert.Equal(ChangeStatus.Skipped, changes.Single(change => change.ControlId.Contains("ACC-110")).Status);
    }

    [PostgresFact]
    public async Task Only_SCRAM_is_accepted_where_the_database_shows_that_no_role_has_md5()
    {
        Connect();
        string repair = "Repair-PgSecurityFinding -JournalPath journal -ResourceId $id -Control IDN-009 -AllowConnectivityLoss ";
        Change blind = Assert.Single(Changes(repair));
        Assert.Equal(ChangeStatus.Skipped, blind.Status);
        Assert.Contains("-Credential", blind.Reason, StringComparison.Ordinal);

        await _lab.RunSqlAsync("postgres", "set password_encryption = md5; create role old_clerk login password 'Planted-Old-1'");
        Change refused = Assert.Single(Changes(repair + Login));
        Assert.Equal(ChangeStatus.Skipped, refused.Status);
        Assert.Contains("noMd5Roles: Passwords of old_clerk are stored as MD5", refused.Reason, StringComparison.Ordinal);

        await _lab.RunSqlAsync("postgres", "set password_encryption = 'scram-sha-256'; alter role old_clerk password 'Planted-New-1'");
        Assert.Equal(ChangeStatus.Changed, Assert.Single(Changes(repair + Login)).Status);
    }

    [PostgresTheory]
    [InlineData("Set-PgPasswordEncryption -ScramOnly")]
    [InlineData("Set-PgServerParameter -Name azure.accepted_password_auth_method -Value scram-sha-256")]
    public async Task A_setting_looks_into_the_database_before_it_refuses_md5(string setting)
    {
        Connect();
        setting += " -ResourceId $id -JournalPath journal -AllowConnectivityLoss -PassThru ";
        Assert.Contains("noMd5Roles: Whether a role's password is stored as MD5 cannot be told", Refusal(setting), StringComparison.Ordinal);
        Assert.Contains("-Credential", Refusal(setting), StringComparison.Ordinal);

        await _lab.RunSqlAsync("postgres", "set password_encryption = md5; create role old_clerk login password 'Planted-Old-1'");
        Assert.Contains("noMd5Roles: Passwords of old_clerk are stored as MD5", Refusal(setting + Login), StringComparison.Ordinal);

        await _lab.RunSqlAsync("postgres", "set password_encryption = 'scram-sha-256'; alter role old_clerk password 'Planted-New-1'");
        Change made = Accepted(setting + Login);
        Assert.Equal(("md5,scram-sha-256", "scram-sha-256"), (made.Before, made.After));

        // Only what takes MD5 away needs the login: the change itself, and an undo of its undo.
        string undo = "Undo-PgSecurityChange -JournalPath journal -AllowConnectivityLoss ";
        Change undone = Accepted(undo + made.ChangeId);
        Assert.Equal("md5,scram-sha-256", undone.After);
        Assert.Contains("noMd5Roles", Accepted(undo + undone.ChangeId, ChangeStatus.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal("scram-sha-256", Accepted(undo + undone.ChangeId + " " + Login).After);
    }

    private string Refusal(string script)
    {
        _session.Run(script);
        return Assert.Single(_session.Errors).ToString();
    }

    private Change Accepted(string script, ChangeStatus status = ChangeStatus.Changed)
    {
        Change change = Assert.Single(Changes(script), change => change.Step == "parameter azure.accepted_password_auth_method");
        Assert.Equal((status, change.Reason), (change.Status, status == ChangeStatus.Changed ? "" : change.Reason));
        return change;
    }

    [PostgresFact]
    public async Task No_secret_is_in_any_stream_journal_or_report()
    {
        string[] planted = ["Planted-Role-7x", "Planted-Token-8x", "Planted-Remote-9x", _lab.Password];
        await _lab.RunSqlAsync("postgres", $"""
            set password_encryption = md5; create role old_clerk login password '{planted[0]}';
            alter role clerk set myapp.api_token = '{planted[1]}'; alter role clerk set row_security = off; alter role clerk set log_min_messages = panic;
            create extension postgres_fdw; create server far foreign data wrapper postgres_fdw options (host 'nowhere');
            create user mapping for clerk server far options (user 'x', password '{planted[2]}'); create table app.t (a int); grant select on app.t to public;
            """);
        await using DatabaseSession session = await DatabaseSession.OpenAsync(_lab.Target(LabCluster.Superuser), "postgres");
        string hash = (await session.ScalarAsync("select rolpassword from pg_authid where rolname = 'old_clerk'"))!;
        string all = "-JournalPath journal -AllowConnectivityLoss -AllowOneWay -Verbose -Debug ";

        string output = _session.Shown($"Get-PgSecurityFinding -Server localhost {Login} -IncludePassed -Verbose -Debug")
            + _session.Shown($"Get-PgSecurityFinding -Server localhost {Login} | Repair-PgSecurityFinding -PlanOnly {Login}")
            + _session.Shown($"Get-PgSecurityFinding -Server localhost {Login} | Repair-PgSecurityFinding {Login} {all}")
            + _session.Shown($"Get-PgSecurityFinding -Server localhost {Login} | Export-PgSecurityReport -Path report.json")
            + _session.Shown($"Get-PgSecurityChange -JournalPath journal | Undo-PgSecurityChange {Login} -JournalPath journal -AllowConnectivityLoss -Verbose -Debug")
            + _session.Shown("Get-PgSecurityChange -JournalPath journal");

        Assert.Contains("ACC-107", output, StringComparison.Ordinal);
        string written = string.Join("\n", Directory.EnumerateFiles(_folder.FullPath, "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("\"statements\"", written, StringComparison.Ordinal);
        foreach (string secret in planted.Append(hash).Append(hash[3..]))
        {
            Assert.DoesNotContain(secret, output, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, written, StringComparison.Ordinal);
        }
    }

    private IReadOnlyList<Change> Changes(string script) => _session.RunClean<Change>(script);

    /// <summary>A server of the sample estate whose host is the lab.</summary>
    private void Connect()
    {
        string line = File.ReadLines(Repository.At("module", "Samples", "contoso.ndjson")).Single(line => line.Contains("\"name\":\"psql-basket-prod\"", StringComparison.Ordinal) && (string?)JsonNode.Parse(line)!["server"]!["name"] == "psql-basket-prod");
        JsonNode posture = JsonNode.Parse(line)!;
        posture["server"]!["properties"]!["fullyQualifiedDomainName"] = "localhost";
        _folder.Write("estate.ndjson", posture.ToJsonString());
        _session.Run("$null = Connect-PgSecurity -Sandbox -Snapshot estate.ndjson; $id = (Get-PgServer).ResourceId");
        Assert.Empty(_session.Errors);
    }
}
