using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class GetPgSecurityFindingTests(ModuleSession session) : IClassFixture<ModuleSession>, IDisposable
{
    private readonly ModuleSession _session = session;
    private readonly TemporaryFolder _folder = TemporaryFolder.CurrentOf(session);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_writes_what_failed_is_unknown_or_exempt()
    {
        HashSet<Outcome> outcomes = _session.RunClean<Finding>("Get-PgSecurityFinding -Sample").Select(finding => finding.Outcome).ToHashSet();
        Assert.Superset(new HashSet<Outcome> { Outcome.Fail, Outcome.Unknown }, outcomes);
        Assert.DoesNotContain(Outcome.Pass, outcomes);
        Assert.DoesNotContain(Outcome.NotApplicable, outcomes);
    }

    [Theory]
    [InlineData("-IncludePassed", Outcome.Pass, Outcome.NotApplicable)]
    [InlineData("-IncludeNotApplicable", Outcome.NotApplicable, Outcome.Pass)]
    public void It_adds_what_is_asked_for(string parameter, Outcome added, Outcome stillLeftOut)
    {
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>($"Get-PgSecurityFinding -Sample {parameter}");
        Assert.Contains(findings, finding => finding.Outcome == added);
        Assert.DoesNotContain(findings, finding => finding.Outcome == stillLeftOut);
    }

    [Fact]
    public void There_is_one_finding_for_each_control_and_server()
    {
        _folder.Write("estate.ndjson", SampleServers.Estate("one", "two"));
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>("Get-PgSecurityFinding estate.ndjson -IncludePassed -IncludeNotApplicable");
        int controls = _session.RunClean<Control>("Get-PgSecurityControl -Profile baseline").Count(control => control.Requires is null);
        Assert.Equal(2 * controls, findings.Count);
        Assert.Equal(findings.Count, findings.Select(finding => (finding.ServerName, finding.ControlId)).Distinct().Count());
    }

    [Theory]
    [InlineData("[]", "no flexible server")]
    [InlineData("""{"value":[]}""", "no flexible server")]
    [InlineData("""{"$schema":"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#","contentVersion":"1.0.0.0","resources":[]}""", "a template without a PostgreSQL server")]
    [InlineData("""{"value":[{"id":"/subscriptions/1/resourceGroups/rg/providers/Microsoft.Web/sites/shop","name":"shop"}]}""", "Microsoft.Web/sites (1)")]
    public void Input_without_a_server_is_said_and_not_taken_for_a_clean_one(string json, string reason)
    {
        _folder.Write("empty.json", json);
        Assert.Empty(_session.RunClean<Finding>("Get-PgSecurityFinding empty.json"));
        Assert.Contains(reason, Assert.Single(_session.Warnings), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("main.bicep", "resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {}", "az bicep build")]
    [InlineData("main.tf", "resource \"azurerm_postgresql_flexible_server\" \"shop\" {}", "Connect-PgSecurity")]
    [InlineData("plan.json", """{"format_version":"1.2","terraform_version":"1.9.8","planned_values":{}}""", "Connect-PgSecurity")]
    public void Source_in_a_language_that_is_not_read_is_an_error_that_says_what_to_give(string file, string text, string advice)
    {
        _folder.Write(file, text);
        Assert.Empty(_session.Run($"Get-PgSecurityFinding {file}"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Contains(advice, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(_session.Warnings);
    }

    [Theory]
    [InlineData("Get-PgSecurityFinding -Path estate.ndjson")]
    [InlineData("Get-PgSecurityFinding est*.ndjson")]
    [InlineData("Get-PgSecurityFinding -LiteralPath estate.ndjson")]
    [InlineData("'estate.ndjson' | Get-PgSecurityFinding")]
    [InlineData("'est*.ndjson' | Get-PgSecurityFinding")]
    [InlineData("[IO.FileInfo]::new((Join 'estate.ndjson')) | Get-PgSecurityFinding")]
    [InlineData("Get-Content estate.ndjson | Get-PgSecurityFinding")]
    [InlineData("Get-Content estate.ndjson -Raw | Get-PgSecurityFinding")]
    [InlineData("Get-PgSecurityFinding -InputObject (Get-Content estate.ndjson -Raw)")]
    [InlineData("Get-Content estate.ndjson | ConvertFrom-Json | Get-PgSecurityFinding")]
    [InlineData("Get-PgSecurityFinding -InputObject (Get-Content estate.ndjson | ConvertFrom-Json)")]
    public void Every_kind_of_input_gives_the_same(string command)
    {
        _folder.Write("estate.ndjson", SampleServers.Estate("one", "two", "three"));
        _session.Run("function Join($name) { [IO.Path]::Combine($PWD.ProviderPath, $name) }");
        IEnumerable<(string, string, Outcome)> expected = Essence(_session.RunClean<Finding>("Get-PgSecurityFinding estate.ndjson"));
        Assert.Equal(expected, Essence(_session.RunClean<Finding>(command)));
    }

    [Fact]
    public void Gzip_is_read()
    {
        string path = Path.Combine(_folder.FullPath, "estate.ndjson.gz");
        using (GZipStream stream = new(File.Create(path), CompressionLevel.Fastest))
        using (StreamWriter writer = new(stream))
        {
            writer.Write(SampleServers.Estate("one", "two"));
        }

        Assert.Equal(["one", "two"], Servers(_session.RunClean<Finding>("Get-PgSecurityFinding estate.ndjson.gz")));
    }

    [Fact]
    public void A_wildcard_in_a_literal_path_is_a_character()
    {
        _folder.Write("[1].ndjson", SampleServers.Estate("one"));
        Assert.Equal(["one"], Servers(_session.RunClean<Finding>("Get-PgSecurityFinding -LiteralPath '[1].ndjson'")));
    }

    [Fact]
    public void Children_find_their_server_in_the_pipeline_wherever_they_come()
    {
        string[] lines = [SampleServers.Rule("one", "all", "0.0.0.0", "255.255.255.255"), SampleServers.Arm("two"), SampleServers.Arm("one")];
        foreach (string script in new[] { "$input | Get-PgSecurityFinding -Control NET-006", "$input | ConvertFrom-Json | Get-PgSecurityFinding -Control NET-006" })
        {
            IReadOnlyList<PSObject> findings = _session.Run(script, lines);
            Assert.Empty(_session.Errors);
            Assert.Equal(
                [("one", Outcome.Fail), ("two", Outcome.Unknown)],
                findings.Select(item => (Finding)item.BaseObject).Select(finding => (finding.ServerName, finding.Outcome)).OrderBy(pair => pair.ServerName));
        }
    }

    [Fact]
    public void Children_in_one_file_find_their_server_in_another()
    {
        _folder.Write("rules.json", SampleServers.Rule("one", "all", "0.0.0.0", "255.255.255.255"));
        _folder.Write("servers.json", SampleServers.Arm("one"));
        Finding finding = Assert.Single(_session.RunClean<Finding>("Get-PgSecurityFinding rules.json, servers.json -Control NET-006"));
        Assert.Equal(("one", Outcome.Fail), (finding.ServerName, finding.Outcome));
    }

    [Fact]
    public void What_the_input_does_not_hold_is_unknown_with_a_reason()
    {
        IReadOnlyList<PSObject> items = _session.Run("$input | Get-PgSecurityFinding -Section Logging -IncludePassed", [SampleServers.Arm("one")]);
        Assert.NotEmpty(items);
        Assert.All(items.Select(item => (Finding)item.BaseObject), finding =>
        {
            Assert.NotEqual(Outcome.Pass, finding.Outcome);
            Assert.NotEqual("", finding.Reason);
        });
    }

    [Fact]
    public void A_broken_line_is_one_error_with_file_line_and_advice_and_the_rest_is_read()
    {
        _folder.Write("estate.ndjson", SampleServers.Snapshot("one") + "\n{ \"broken\": \n" + SampleServers.Snapshot("two") + "\n");
        Assert.Equal(["one", "two"], Servers(_session.Run("Get-PgSecurityFinding estate.ndjson")));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.Equal("InputUnreadable,PgSecurity.Commands.GetPgSecurityFindingCommand", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains("estate.ndjson:2", error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_file_that_there_is_not_is_one_error_and_the_others_are_read()
    {
        _folder.Write("estate.ndjson", SampleServers.Estate("one"));
        Assert.Equal(["one"], Servers(_session.Run("Get-PgSecurityFinding nowhere.json, estate.ndjson, not*.json")));
        Assert.Equal(2, _session.Errors.Count);
        Assert.All(_session.Errors, error => Assert.StartsWith("PathNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.All(_session.Errors, error => Assert.NotEmpty(error.ErrorDetails.RecommendedAction));
    }

    [Fact]
    public void An_id_is_no_file_and_the_advice_says_how_to_get_one()
    {
        _session.Run($"Get-PgSecurityFinding -Path '{SampleServers.IdOf("one")}'");
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith("PathNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("-ResourceId", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_file_is_an_error()
    {
        _session.Run("Get-PgSecurityFinding Env:PATH");
        Assert.StartsWith("PathNotInFileSystem,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Profile nowhere", "ProfileNotFound")]
    [InlineData("-Parameter @{ nowhere = 1 }", "ParametersInvalid")]
    [InlineData("-Control ZZZ-999 -ErrorAction SilentlyContinue", "NothingSelected")]
    public void A_selection_that_cannot_be_meant_ends_the_command(string parameters, string id)
    {
        Assert.Empty(_session.Run($"Get-PgSecurityFinding -Sample {parameters}"));
        ErrorRecord error = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_control_that_there_is_not_is_an_error_and_the_others_are_evaluated()
    {
        Assert.Equal(["NET-006"], Controls(_session.Run("Get-PgSecurityFinding -Sample -Control NET-006, NET-0066")));
        Assert.StartsWith("ControlNotFound,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Control NET-00*, LOG-001", "NET-00?|LOG-001")]
    [InlineData("-Section Net*", "NET-*")]
    public void Controls_are_selected_by_id_and_section(string parameters, string patterns)
    {
        WildcardPattern[] allowed = patterns.Split('|').Select(pattern => WildcardPattern.Get(pattern, WildcardOptions.None)).ToArray();
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>($"Get-PgSecurityFinding -Sample {parameters}");
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Contains(allowed, pattern => pattern.IsMatch(finding.ControlId)));
    }

    [Fact]
    public void Controls_are_selected_by_severity()
    {
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>("Get-PgSecurityFinding -Sample -Severity Critical, Low");
        Assert.Equal([Severity.Low, Severity.Critical], findings.Select(finding => finding.Severity).Distinct().Order());
    }

    [Fact]
    public void Controls_are_selected_by_benchmark()
    {
        IReadOnlyList<Finding> findings = _session.RunClean<Finding>("Get-PgSecurityFinding -Sample -Benchmark 'CIS Azure Database Services 2.0.0'");
        Assert.NotEmpty(findings);
        Assert.All(findings, finding => Assert.Contains(finding.Benchmarks, reference => reference.Benchmark == "CIS Azure Database Services"));
    }

    [Fact]
    public void A_profile_selects_and_sets_values() =>
        Assert.NotEqual(
            Controls(_session.Run("Get-PgSecurityFinding -Sample -Profile baseline -IncludePassed -IncludeNotApplicable")),
            Controls(_session.Run("Get-PgSecurityFinding -Sample -Profile disaster-recovery -IncludePassed -IncludeNotApplicable")));

    [Fact]
    public void A_policy_definition_is_evaluated_alone()
    {
        _folder.Write("public.json", """
            { "name": "no-public-servers", "properties": { "displayName": "No public servers", "mode": "All", "policyRule": {
              "if": { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" },
                { "field": "Microsoft.DBforPostgreSQL/flexibleServers/network.publicNetworkAccess", "notEquals": "Disabled" } ] },
              "then": { "effect": "audit" } } } }
            """);
        _folder.Write("broken.json", """{ "properties": { "policyRule": { "if": { "field": "type", "eqals": "x" }, "then": { "effect": "audit" } } } }""");
        _folder.Write("estate.ndjson", SampleServers.Snapshot("open") + "\n" + SampleServers.Snapshot("closed", "Disabled"));
        IReadOnlyList<PSObject> items = _session.Run("Get-PgSecurityFinding estate.ndjson -PolicyDefinition *.json -IncludePassed");

        Assert.Equal(
            [("open", "no-public-servers", Outcome.Fail), ("closed", "no-public-servers", Outcome.Pass)],
            items.Select(item => (Finding)item.BaseObject).Select(finding => (finding.ServerName, finding.ControlId, finding.Outcome)));
        Assert.StartsWith("PolicyDefinitionInvalid,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_that_lacks_a_value_says_how_to_give_it_and_alone_ends_the_command()
    {
        _folder.Write("regions.json", """
            { "name": "regions", "properties": { "displayName": "Regions", "mode": "All", "parameters": { "regions": { "type": "Array" } }, "policyRule": {
              "if": { "allOf": [ { "field": "type", "equals": "Microsoft.DBforPostgreSQL/flexibleServers" }, { "field": "location", "notIn": "[parameters('regions')]" } ] },
              "then": { "effect": "audit" } } } }
            """);
        Assert.Empty(_session.Run("Get-PgSecurityFinding -Sample -PolicyDefinition regions.json"));

        Assert.Equal(["ControlInvalid", "NothingSelected"], _session.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Contains("-Parameter @{ regions = … }", _session.Errors[0].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.DoesNotContain("Widen", _session.Errors[1].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.NotEmpty(_session.RunClean<Finding>("Get-PgSecurityFinding -Sample -PolicyDefinition regions.json -Parameter @{ regions = @('westeurope') }"));
    }

    [Fact]
    public void Parameters_at_the_prompt_come_before_those_of_files_and_both_before_the_defaults()
    {
        ControlParameter number = _session.RunClean<Control>("Get-PgSecurityControl").SelectMany(control => control.Parameters)
            .First(parameter => parameter.Type.Equals("Integer", StringComparison.OrdinalIgnoreCase));
        _folder.Write("parameters.json", $$"""{ "{{number.Name}}": { "value": 11 } }""");

        string ValueWith(string parameters) => _session.RunClean<Control>($"Get-PgSecurityControl {parameters}")
            .SelectMany(control => control.Parameters).First(parameter => parameter.Name == number.Name).Value;
        Assert.Equal("11", ValueWith("-ParameterFile parameters.json"));
        Assert.Equal("12", ValueWith($"-ParameterFile parameters.json -Parameter @{{ {number.Name} = 12 }}"));
    }

    [Fact]
    public void An_exemption_sets_findings_aside_and_an_expired_one_warns()
    {
        _folder.Write("estate.ndjson", SampleServers.Estate("one", "two"));
        _folder.Write("exemptions.json", $$"""
            [ { "name": "soon", "scope": "{{SampleServers.IdOf("one")}}", "controls": ["NET-006"], "reason": "Moves.", "owner": "a@contoso.com", "expiresOn": "2999-01-01" },
              { "name": "gone", "scope": "{{SampleServers.IdOf("two")}}", "controls": ["NET-006"], "reason": "Moves.", "owner": "a@contoso.com", "expiresOn": "2020-01-01" },
              { "name": "broken", "scope": "{{SampleServers.IdOf("two")}}", "controls": ["NET-006"], "reason": "Moves.", "owner": "a@contoso.com" } ]
            """);
        IReadOnlyList<PSObject> items = _session.Run("Get-PgSecurityFinding estate.ndjson -Control NET-006 -Exemption exemptions.json");

        Assert.Equal([Outcome.Exempt, Outcome.Fail], items.Select(item => ((Finding)item.BaseObject).Outcome));
        Assert.Contains(_session.Warnings, warning => warning.Contains("'gone'", StringComparison.Ordinal));
        Assert.NotEmpty(_session.Errors);
        Assert.All(_session.Errors, error => Assert.StartsWith("ExemptionInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Fact]
    public void A_summary_is_one_object_a_server()
    {
        _folder.Write("estate.ndjson", SampleServers.Estate("one", "two"));
        IReadOnlyList<SecurityScore> scores = _session.RunClean<SecurityScore>("Get-PgSecurityFinding estate.ndjson -Summary");
        Assert.Equal(["one", "two"], scores.Select(score => score.ServerName));
        Assert.All(scores, score => Assert.True(score.Failed > 0 && score.Unknown > 0));
    }

    [Fact]
    public void Findings_come_while_the_input_is_still_being_read()
    {
        using PowerShell pipeline = _session.NewPipeline("$input | Get-PgSecurityFinding -Control NET-006");
        using PSDataCollection<PSObject> input = new();
        using PSDataCollection<PSObject> output = new();
        IAsyncResult running = pipeline.BeginInvoke(input, output);
        for (int index = 0; output.Count == 0; index++)
        {
            input.Add(new PSObject(SampleServers.Snapshot($"pg-{index}")));
            if (index > 100_000) break;
            Thread.Yield();
        }

        Assert.False(running.IsCompleted);
        Assert.NotEmpty(output);
        input.Complete();
        pipeline.EndInvoke(running);
    }

    [Fact]
    public void Output_is_in_the_order_of_the_input()
    {
        _folder.Write("estate.ndjson", SampleServers.Estate(300));
        string[] servers = Servers(_session.RunClean<Finding>("Get-PgSecurityFinding estate.ndjson"));
        Assert.Equal(300, servers.Length);
        Assert.Equal(servers.Order(StringComparer.Ordinal), servers);
    }

    [Fact]
    public async Task It_can_be_stopped()
    {
        _folder.Write("estate.ndjson", SampleServers.Estate(3000));
        using PowerShell pipeline = _session.NewPipeline("while ($true) { Get-PgSecurityFinding estate.ndjson }");
        using PSDataCollection<PSObject> output = new();
        using SemaphoreSlim first = new(0);
        output.DataAdded += (_, _) => first.Release();
        IAsyncResult running = pipeline.BeginInvoke<PSObject, PSObject>(null, output);
        await first.WaitAsync();
        pipeline.Stop();
        Assert.Equal(PSInvocationState.Stopped, pipeline.InvocationStateInfo.State);
        Assert.ThrowsAny<RuntimeException>(() => pipeline.EndInvoke(running));
    }

    [Fact]
    public void Verbose_says_what_is_checked()
    {
        _session.Run("Get-PgSecurityFinding -Sample -Verbose");
        Assert.Contains(_session.Verbose, message => message.Contains("controls of baseline", StringComparison.Ordinal));
    }

    [Fact]
    public void A_piped_secret_does_not_come_out_again()
    {
        const string Secret = "Hunter2-and-more";
        string server = SampleServers.Arm("one").Replace("\"version\"", $"\"administratorLoginPassword\":\"{Secret}\",\"version\"", StringComparison.Ordinal);
        IReadOnlyList<PSObject> items = _session.Run("$input | Get-PgSecurityFinding -IncludePassed -IncludeNotApplicable -Verbose", [server]);
        string everything = string.Join("\n", items.SelectMany(item => item.Properties.Select(property => property.Value?.ToString())));
        Assert.DoesNotContain(Secret, everything + string.Join("\n", _session.Verbose) + string.Join("\n", _session.Errors), StringComparison.Ordinal);
    }

    private static IEnumerable<(string, string, Outcome)> Essence(IEnumerable<Finding> findings) =>
        findings.Select(finding => (finding.ServerName, finding.ControlId, finding.Outcome)).ToList();

    private static string[] Servers(IEnumerable<PSObject> items) => Servers(items.Select(item => (Finding)item.BaseObject));

    private static string[] Servers(IEnumerable<Finding> findings) => findings.Select(finding => finding.ServerName).Distinct().ToArray();

    private static string[] Controls(IEnumerable<PSObject> items) =>
        items.Select(item => ((Finding)item.BaseObject).ControlId).Distinct().Order(StringComparer.Ordinal).ToArray();
}
