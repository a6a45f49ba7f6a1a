using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace PgSecurity.Tests.Guides;

/// <summary>The runbooks, on the sandbox for servers and on a local stand-in for the rest of Azure. They set the environment of the process, so nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class RunbookCollection
{
    public const string Name = "Runbooks";
}

[Collection(RunbookCollection.Name)]
public sealed class RunbookTests : IDisposable
{
    private const string Retail = "8d4b2a6c-1e3f-4709-b5c8-d9e0f1a2b3c4";
    private const string Payments = "2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f";

    private readonly FakeAzure _azure = new();
    private readonly List<ModuleSession> _sessions = [];

    public static TheoryData<string> Runbooks() => new(Directory.GetFiles(Folder, "*.ps1").Select(path => Path.GetFileName(path)));

    private static string Folder { get; } = Repository.At("docs", "guides", "runbooks");

    private string Container => _azure.Address + "/blobs/security";

    private string ApprovedContainer => _azure.Address + "/blobs/approved";

    public void Dispose()
    {
        foreach (ModuleSession session in _sessions) session.Dispose();
        _azure.Dispose();
    }

    [Fact]
    public void A_night_leaves_report_and_rows_and_the_next_one_knows_what_is_new()
    {
        PSObject first = Run($"nightly-audit.ps1 -Container {Container} -Shard retail -Subscription {Retail} -Run one -LogsEndpoint {_azure.Address}/logs -RuleId dcr-1 -Rehearsal").Single();
        Assert.True((bool)first.Properties["IsFirst"].Value);
        Assert.Equal(0, first.Properties["New"].Value);
        JsonNode report = _azure.Json("security/runs/one/retail.json");
        Assert.Equal("pgsecurity/report/1", (string?)report["schema"]);
        Assert.All(report["findings"]!.AsArray(), finding => Assert.Equal(Retail, (string?)finding!["subscriptionId"]));
        List<JsonNode> rows = _azure.Logs.SelectMany(body => JsonNode.Parse(body)!.AsArray()).Select(row => row!).ToList();
        Assert.Equal(_azure.Text("security/runs/one/retail.ndjson").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, rows.Count);
        Assert.All(rows, row => Assert.DoesNotContain((string?)row["Outcome"], new[] { "Pass", "NotApplicable" }));
        Assert.Contains(rows, row => (string?)row["Outcome"] == "Unknown" && ((string?)row["Reason"])!.Length > 0);

        // Yesterday one failure was not there yet.
        string[] failures = _azure.Text("security/latest/retail.failures.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal(report["findings"]!.AsArray().Count(finding => (string?)finding!["outcome"] == "Fail"), failures.Length);
        _azure.Blobs["security/latest/retail.failures.txt"] = Encoding.UTF8.GetBytes(string.Join('\n', failures.Skip(1)));
        _azure.Logs.Clear();

        PSObject second = Run($"nightly-audit.ps1 -Container {Container} -Shard retail -Subscription {Retail} -Run two -LogsEndpoint {_azure.Address}/logs -RuleId dcr-1 -Rehearsal").Single();
        Assert.Equal(1, second.Properties["New"].Value);
        JsonNode isNew = Assert.Single(_azure.Logs.SelectMany(body => JsonNode.Parse(body)!.AsArray()), row => (bool)row!["IsNew"]!)!;
        Assert.Equal(failures[0], $"{(string?)isNew["ResourceId"]} {(string?)isNew["ControlId"]}");
    }

    [Fact]
    public void The_table_and_the_rule_have_the_columns_that_are_sent()
    {
        Run($"nightly-audit.ps1 -Container {Container} -Subscription {Payments} -Run one -LogsEndpoint {_azure.Address}/logs -RuleId dcr-1 -Rehearsal");
        JsonNode template = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "log-analytics.json")))!;
        string[] columns = template["variables"]!["columns"]!.AsArray().Select(column => (string)column!["name"]!).ToArray();
        Assert.All(
            _azure.Logs.SelectMany(body => JsonNode.Parse(body)!.AsArray()),
            row => Assert.Equal(columns, row!.AsObject().Select(member => member.Key)));
        string stream = Assert.Single(template["resources"]!.AsArray().Single(resource => (string?)resource!["type"] == "Microsoft.Insights/dataCollectionRules")!["properties"]!["streamDeclarations"]!.AsObject()).Key;
        Assert.Contains($"$Stream = '{stream}'", File.ReadAllText(Path.Combine(Folder, "nightly-audit.ps1")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_busy_service_is_asked_again_and_a_refusal_ends_the_run()
    {
        _azure.BeBusy("/blobs/security/runs", 2);
        Run($"nightly-audit.ps1 -Container {Container} -Subscription {Payments} -Run one -RetrySeconds 0 -Rehearsal");
        Assert.Contains("security/runs/one/estate.json", _azure.Blobs.Keys);

        RuntimeException error = Assert.ThrowsAny<RuntimeException>(() => Run($"nightly-audit.ps1 -Container {_azure.Address}/nowhere -Subscription {Payments} -RetrySeconds 0 -Rehearsal"));
        Assert.Contains("400", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_subscription_that_cannot_be_read_fails_the_job()
    {
        RuntimeException error = Assert.ThrowsAny<RuntimeException>(() => Run($"nightly-audit.ps1 -Container {Container} -Subscription {Payments}, no-such-subscription -Run one -Rehearsal"));
        Assert.Contains("no-such-subscription", error.Message, StringComparison.Ordinal);
        Assert.Contains("security/latest/estate.json", _azure.Blobs.Keys);
    }

    [Fact]
    public void Rows_are_sent_in_requests_that_the_service_takes()
    {
        ModuleSession session = NewSession();
        session.Set("sent", new List<int>());
        session.Run($"$LogsEndpoint = '{_azure.Address}/logs'; $RuleId = 'dcr-1'; $Stream = 'x'; $RetrySeconds = 0");
        foreach (string function in new[] { "Invoke-AzureRequest", "Get-IdentityHeader", "Send-Row" }) session.Run(FunctionOf("nightly-audit.ps1", function));
        session.Run("""
            $rows = [Collections.Generic.List[string]]::new()
            for ($at = 0; $at -lt 30; $at++) { $rows.Add('{"A":"' + [string]::new([char] 'ü', 50000) + '"}') }
            Send-Row $rows
            """);
        Assert.Empty(session.Errors);
        Assert.True(_azure.Logs.Count > 1);
        Assert.Equal(30, _azure.Logs.Sum(body => JsonNode.Parse(body)!.AsArray().Count));
    }

    [Fact]
    public void Shards_are_merged_and_one_that_failed_is_named()
    {
        _azure.RunJob = Job;
        PSObject whole = Run($"sharded-audit.ps1 -AutomationAccountId /subscriptions/x/automationAccounts/aa -ResourceManager {_azure.Address} -Container {Container} -PollSeconds 0 -Rehearsal").Single();
        string[] servers = File.ReadAllLines(Repository.At("module", "Samples", "contoso.ndjson")).Select(line => (string)JsonNode.Parse(line)!["server"]!["id"]!).ToArray();
        Assert.Equal(servers.Select(id => id.Split('/')[2]).Distinct().Count(), whole.Properties["Subscriptions"].Value);
        Assert.Equal(FormattableString.Invariant($"{servers.Length}"), FormattableString.Invariant($"{whole.Properties["Servers"].Value}"));
        string run = (string)whole.Properties["Run"].Value;
        Assert.Contains("psql-basket-prod", _azure.Text($"security/runs/{run}/estate.html"), StringComparison.Ordinal);
        Assert.Equal(
            _azure.Blobs.Keys.Where(name => Regex.IsMatch(name, $"^security/runs/{run}/[0-9a-f-]{{36}}\\.json$")).Sum(name => _azure.Json(name)["findings"]!.AsArray().Count),
            _azure.Json($"security/runs/{run}/estate.json")["findings"]!.AsArray().Count);

        _azure.RunJob = properties => ((string)properties["parameters"]!["Shard"]!) == Retail ? "Failed" : Job(properties);
        RuntimeException error = Assert.ThrowsAny<RuntimeException>(() => Run($"sharded-audit.ps1 -AutomationAccountId /subscriptions/x/automationAccounts/aa -ResourceManager {_azure.Address} -Container {Container} -Subscription {Retail}, {Payments} -PollSeconds 0 -Rehearsal"));
        Assert.Contains(Retail, error.Message, StringComparison.Ordinal);
        Assert.Contains(_azure.Blobs.Keys.Where(name => name.EndsWith("estate.json", StringComparison.Ordinal)), name => ((string)_azure.Json(name)["title"]!).Contains("NOT WHOLE", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_approved_is_made_and_nothing_else()
    {
        const string What = "-ServerName psql-basket-prod, psql-shop-prod -Control LOG-011, DAT-002 -AllowConnectivityLoss";
        PSObject planned = Run($"repair-with-approval.ps1 -Container {Container} {What} -Rehearsal").Single();
        string name = (string)planned.Properties["Plan"].Value;
        Assert.Equal(2, planned.Properties["Servers"].Value);
        JsonNode plan = _azure.Json($"security/plans/{name}.json");
        Assert.Equal(["AllowConnectivityLoss"], plan["consents"]!.AsArray().Select(consent => (string?)consent));

        string apply = $"repair-with-approval.ps1 -Container {Container} -ApprovedContainer {ApprovedContainer} -Approved {name} -Rehearsal";
        Assert.Contains("no approved plan", Assert.ThrowsAny<RuntimeException>(() => Run(apply)).Message, StringComparison.Ordinal);
        Approve(plan, name, by: "");
        Assert.Contains("approvedBy is empty", Assert.ThrowsAny<RuntimeException>(() => Run(apply)).Message, StringComparison.Ordinal);

        JsonArray servers = plan["servers"]!.AsArray();
        servers.Remove(servers.Single(server => ((string)server!["resourceId"]!).EndsWith("psql-shop-prod", StringComparison.Ordinal)));
        Approve(plan, name, by: "dba@contoso.com");
        PSObject made = Run(apply).Single();
        Assert.Equal((servers[0]!["steps"]!.AsArray().Count, 0, 0), (made.Properties["Changed"].Value, made.Properties["Drifted"].Value, made.Properties["Failed"].Value));
        JsonNode results = _azure.Json($"security/results/{name}.json");
        Assert.All(results["changes"]!.AsArray(), change => Assert.EndsWith("psql-basket-prod", (string?)change!["ResourceId"], StringComparison.Ordinal));
        Assert.Contains(_azure.Blobs.Keys, blob => blob.StartsWith($"security/journal/{name}/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("To", "TLSv1.2")]
    [InlineData("From", "TLSv1.1")]
    [InlineData("Step", "parameter log_statement")]
    public void A_plan_that_is_not_the_servers_any_more_changes_nothing(string member, string value)
    {
        PSObject planned = Run($"repair-with-approval.ps1 -Container {Container} -ServerName psql-basket-prod -Control DAT-002 -AllowConnectivityLoss -Rehearsal").Single();
        string name = (string)planned.Properties["Plan"].Value;
        JsonNode plan = _azure.Json($"security/plans/{name}.json");
        plan["servers"]![0]!["steps"]![0]![member] = value;
        Approve(plan, name, by: "dba@contoso.com");
        PSObject made = Run($"repair-with-approval.ps1 -Container {Container} -ApprovedContainer {ApprovedContainer} -Approved {name} -Rehearsal").Single();
        Assert.Equal((0, 1), (made.Properties["Changed"].Value, made.Properties["Drifted"].Value));
        Assert.DoesNotContain(_azure.Blobs.Keys, blob => blob.StartsWith("security/journal/", StringComparison.Ordinal));
    }

    [Fact]
    public void An_old_plan_and_a_plan_of_another_name_are_refused()
    {
        PSObject planned = Run($"repair-with-approval.ps1 -Container {Container} -ServerName psql-basket-prod -Control LOG-011 -Rehearsal").Single();
        JsonNode plan = _azure.Json($"security/plans/{(string)planned.Properties["Plan"].Value}.json");
        const string Old = "20200101T000000Z";
        Approve(plan, Old, by: "dba@contoso.com");
        string apply = $"repair-with-approval.ps1 -Container {Container} -ApprovedContainer {ApprovedContainer} -Approved {Old} -Rehearsal";
        Assert.Contains("not the plan of that name", Assert.ThrowsAny<RuntimeException>(() => Run(apply)).Message, StringComparison.Ordinal);
        plan["plan"] = Old;
        Approve(plan, Old, by: "dba@contoso.com");
        Assert.Contains("older than", Assert.ThrowsAny<RuntimeException>(() => Run(apply)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Servers_are_restored_on_trial_in_turn()
    {
        string drill = $"restore-drill.ps1 -Container {Container} -ServerName psql-cards-test, psql-basket-prod -Rehearsal";
        HashSet<string> tried = new(StringComparer.OrdinalIgnoreCase);
        for (int night = 0; night < 2; night++)
        {
            _azure.Blobs.Keys.Where(name => Regex.IsMatch(name, "^security/drills/[0-9]")).ToList().ForEach(name => _azure.Blobs.TryRemove(name, out _));
            PSObject result = Run(drill).Single();
            Assert.Equal((1, 1, 0), (result.Properties["Tried"].Value, result.Properties["Passed"].Value, result.Properties["LeftOver"].Value));
            Assert.Equal(1 - night, result.Properties["NeverTried"].Value);
            JsonNode server = Assert.Single(_azure.Json($"security/drills/{(string)result.Properties["Run"].Value}.json")["servers"]!.AsArray())!;
            Assert.True((bool)server["cleanedUp"]!);
            Assert.NotEmpty(server["checks"]!.AsArray());
            Assert.True(tried.Add((string)server["resourceId"]!));
        }

        Assert.Equal(2, _azure.Json("security/drills/turn.json")["servers"]!.AsArray().Count);
    }

    [Fact]
    public void A_server_whose_restore_proves_nothing_fails_the_drill()
    {
        RuntimeException error = Assert.ThrowsAny<RuntimeException>(() => Run($"restore-drill.ps1 -Container {Container} -ServerName psql-basket-prod -Rto 00:00:00.001 -Rehearsal"));
        Assert.Contains("Not proved", error.Message, StringComparison.Ordinal);
        Assert.Contains(_azure.Blobs.Keys, name => name.StartsWith("security/journal/", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Runbooks))]
    public void A_runbook_has_help_for_every_parameter_and_an_example(string runbook)
    {
        ScriptBlockAst script = Parse(runbook);
        CommentHelpInfo help = script.GetHelpContent();
        Assert.NotEmpty(help.Synopsis);
        Assert.NotEmpty(help.Examples);
        Assert.Equal(
            script.ParamBlock.Parameters.Select(parameter => parameter.Name.VariablePath.UserPath.ToUpperInvariant()).Order(StringComparer.Ordinal),
            help.Parameters.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>A runbook is one file, so that it can be imported as it is; what several have is the same in all.</summary>
    [Fact]
    public void What_runbooks_share_is_the_same_in_all()
    {
        var functions = Directory.GetFiles(Folder, "*.ps1")
            .SelectMany(path => Parse(Path.GetFileName(path)).FindAll(node => node is FunctionDefinitionAst, searchNestedScriptBlocks: false))
            .Cast<FunctionDefinitionAst>()
            .GroupBy(function => function.Name, function => function.Extent.Text.ReplaceLineEndings("\n"));
        Assert.All(functions, copies => Assert.Single(copies.Distinct(StringComparer.Ordinal)));
    }

    private void Approve(JsonNode plan, string name, string by)
    {
        plan["approvedBy"] = by;
        _azure.Blobs[$"approved/{name}.json"] = Encoding.UTF8.GetBytes(plan.ToJsonString());
    }

    /// <summary>Runs nightly-audit as Azure Automation does: in a session of its own, parameters as text.</summary>
    private string Job(JsonObject properties)
    {
        JsonObject parameters = properties["parameters"]!.AsObject();
        string arguments = string.Join(' ', parameters.Select(item => item.Key switch
        {
            "Rehearsal" => "-Rehearsal",
            "Subscription" => $"-Subscription {((string)item.Value!).Trim('[', ']')}",
            _ => $"-{item.Key} '{(string?)item.Value}'",
        }));
        try
        {
            Run($"{(string?)properties["runbook"]!["name"]}.ps1 {arguments}");
            return "Completed";
        }
        catch (RuntimeException)
        {
            return "Failed";
        }
    }

    private IReadOnlyList<PSObject> Run(string command) => NewSession().Run($"& '{Folder}{Path.DirectorySeparatorChar}{command.Replace(".ps1 ", ".ps1' ", StringComparison.Ordinal)}");

    private ModuleSession NewSession()
    {
        ModuleSession session = new();
        lock (_sessions) _sessions.Add(session);
        session.Run(RestStandIn.Script);
        return session;
    }

    private static string FunctionOf(string runbook, string name) =>
        Parse(runbook).Find(node => node is FunctionDefinitionAst function && function.Name == name, searchNestedScriptBlocks: false).Extent.Text;

    private static ScriptBlockAst Parse(string runbook)
    {
        ScriptBlockAst script = Parser.ParseFile(Path.Combine(Folder, runbook), out _, out ParseError[] errors);
        Assert.Empty(errors.Select(error => error.ToString()));
        return script;
    }
}
