using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using static PgSecurity.Core.Tests.BuiltInPolicies.BuiltInPolicy;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>The definitions on server parameters.</summary>
internal static class ParameterPolicies
{
    private static readonly string[] Classes = ["role", "ddl", "misc"];

    public static readonly BuiltInPolicy[] All =
    [
        On("c29c38cb-74a7-4505-9a06-e588ab86620a", "Enforce SSL connection should be enabled for PostgreSQL flexible servers", "require_secure_transport"),
        On("70be9e12-c935-49ac-9bd8-fd64b85c1f87", "Log checkpoints should be enabled for PostgreSQL flexible servers", "log_checkpoints"),
        On("1d14b021-1bae-4f93-b36b-69695e14984a", "Disconnections should be logged for PostgreSQL flexible servers", "log_disconnections"),
        On("086709ac-11b5-478d-a893-9567a16d2ae3", "Log connections should be enabled for PostgreSQL flexible servers", "log_connections") with
        {
            TextSays = server => server.Parameter("log_connections", value => value.Test(LogsConnections)),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["a list of PostgreSQL 18 that logs connections is flagged"] = server => server.Value("log_connections").Text is { } text && LogsConnections(text),
            },
        },
        On("dacf07fa-0eea-4486-80bc-b93fae88ac40", "Connection throttling should be enabled for PostgreSQL flexible servers", "connection_throttle.enable") with
        {
            TextSays = server => server.Value("connection_throttle.enable") is { IsAbsent: true } ? Truth.True : server.Parameter("connection_throttle.enable", value => value.Is("on")),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["a server of PostgreSQL 18, which has no such parameter, is flagged"] = server => server.Value("connection_throttle.enable").IsAbsent,
            },
        },
        On("a8f89ff4-3d6e-4d7b-8c5a-2e9b1f4c8d3a", "Configure PostgreSQL flexible server to enable specified configuration", "log_disconnections") with
        {
            Rule = ParameterRule("[parameters('configurationName')]", Value("\"equals\": \"ON\"")),
            Parameters = """{ "configurationName": "log_disconnections" }""",
        },
        new("a7d3e5b1-8c4f-4a2b-9d6e-1f3c5a8b2e7d", "Configure PostgreSQL flexible server configuration to specified value")
        {
            Rule = ParameterRule("[parameters('configurationName')]", Value("\"equals\": \"[parameters('configurationValue')]\"")),
            Parameters = """{ "configurationName": "log_statement", "configurationValue": "NONE" }""",
            Does = server => server.Parameter("log_statement", value => value.Is("none")),
            TextSays = server => server.Parameter("log_statement", value => value.Is("none")),
        },
        new("a43d5475-c569-45ce-a268-28fa79f4e87a", "PostgreSQL flexible servers should be running TLS version 1.2 or newer")
        {
            Rule = ParameterRule("ssl_min_protocol_version", Value("\"in\": [ \"TLSV1.2\", \"TLSV1.3\" ]")),
            Does = server => server.Parameter("ssl_min_protocol_version", value => value.Is("TLSv1.2", "TLSv1.3")),
            TextSays = server => server.Parameter("ssl_min_protocol_version", value => value.Is("TLSv1.2", "TLSv1.3")),
        },
        new("4eb5e667-e871-4292-9c5d-8bbb94e0c908", "Auditing with PgAudit should be enabled for PostgreSQL flexible servers")
        {
            Rule = ParameterRule("pgaudit.log", Value("\"notEquals\": \"none\"")),
            Does = server => server.Parameter("pgaudit.log", value => value.Is("none").Not()),
            TextSays = server => server.Value("pgaudit.log").IsUnknown || server.Value("shared_preload_libraries").IsUnknown
                ? Truth.Unknown
                : (server.Lists("shared_preload_libraries", "pgaudit") && server.Members("pgaudit.log").Any(one => one is not "none" and not "")).ToTruth(),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["classes pass although the library is not loaded"] = server => !server.Lists("shared_preload_libraries", "pgaudit"),
                ["a value left out passes"] = server => string.IsNullOrEmpty(server.Value("pgaudit.log").Text),
            },
        },
        new("dd626066-39f5-4f72-aba8-06a99fabf278", "Configure shared_preload_libraries to include pgaudit for PostgreSQL flexible servers")
        {
            Rule = ParameterRule("shared_preload_libraries", Value("\"contains\": \"pgaudit\"")),
            Does = server => server.Parameter("shared_preload_libraries", value => value.Contains("pgaudit")),
            TextSays = server => server.Parameter("shared_preload_libraries", value => value.Test(_ => server.Lists("shared_preload_libraries", "pgaudit"))),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["another library whose name begins the same passes"] = server => !server.Lists("shared_preload_libraries", "pgaudit"),
            },
        },
        new("eadbb524-8644-4a87-8af6-549e1d125982", "Configure pgaudit.log to include role, ddl, and misc for PostgreSQL flexible servers")
        {
            Rule = ParameterRule("pgaudit.log", $$"""{ "allOf": [ {{Value("\"contains\": \"role\"")}}, {{Value("\"contains\": \"ddl\"")}} ] }"""),
            Does = server => server.Parameter("pgaudit.log", value => value.Contains("role").And(value.Contains("ddl"))),
            TextSays = server => server.Parameter("pgaudit.log", value => value.Test(_ => Classes.All(one => Audits(server, one)))),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["misc may be missing"] = server => !Audits(server, "misc"),
                ["all is flagged"] = server => server.Lists("pgaudit.log", "all"),
                ["a class that a minus takes away passes"] = server => server.Members("pgaudit.log").Any(one => one.StartsWith('-')),
            },
        },
        new("3bf854e8-b34a-47fe-9f81-bc558c82b3bd", "Configure log_line_prefix with key identifiers for PostgreSQL flexible servers")
        {
            Rule = ParameterRule("log_line_prefix", $$"""{ "allOf": [ {{Value("\"contains\": \"%u\"")}}, {{Value("\"contains\": \"%d\"")}} ] }"""),
            Does = server => server.Parameter("log_line_prefix", value => value.Contains("%u").And(value.Contains("%d"))),
            TextSays = server => server.Parameter("log_line_prefix", value => value.Test(IdentifiesAll)),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["time and session are not tested"] = server => !Has(server, 't', 'm', 'n') || !Has(server, 'c', 'p'),
                ["%%u and %U pass, and a width is flagged"] = server => !Plain(server, "%u") || !Plain(server, "%d"),
            },
        },
        new("f5ed3f7a-cf5d-4ee6-9ede-b5d5192ccf81", "Configure logfiles.retention_days to at least 7 days for PostgreSQL flexible servers")
        {
            Rule = ParameterRule(
                "logfiles.retention_days",
                """
                { "value": "[if(equals(field('Microsoft.DBforPostgreSQL/flexibleServers/configurations/value'), ''), 0, int(field('Microsoft.DBforPostgreSQL/flexibleServers/configurations/value')))]",
                  "greaterOrEquals": "[parameters('retentionDays')]" }
                """),
            Parameters = """{ "retentionDays": 7 }""",
            Does = server => server.Parameter("logfiles.retention_days", value => value.Test(days => int.Parse(days, CultureInfo.InvariantCulture) >= 7)),
            TextSays = server => server.Parameter("logfiles.retention_days", value => value.Test(days => int.Parse(days, CultureInfo.InvariantCulture) >= 7))
                .And(server.Parameter("logfiles.download_enable", value => value.Is("on"))),
            Departures = new Dictionary<string, Func<ServerFacts, bool>>
            {
                ["no file is kept while the download is off, and it passes"] = server => server.Value("logfiles.download_enable").Is("on") != Truth.True,
            },
        },
    ];

    private static BuiltInPolicy On(string id, string title, string parameter) => new(id, title)
    {
        Rule = ParameterRule(parameter, Value("\"equals\": \"ON\"")),
        Does = server => server.Parameter(parameter, value => value.Is("on")),
        TextSays = server => server.Parameter(parameter, value => value.Is("on")),
    };

    private static bool LogsConnections(string value) =>
        value.Split(',').Any(one => one.Trim().ToLowerInvariant() is "on" or "all" or "authentication" or "authorization");

    private static bool Audits(ServerFacts server, string one) =>
        (server.Lists("pgaudit.log", one) || server.Lists("pgaudit.log", "all")) && !server.Lists("pgaudit.log", "-" + one);

    private static bool IdentifiesAll(string prefix) =>
        Escapes(prefix).Overlaps("tmn") && Escapes(prefix).Contains('u') && Escapes(prefix).Contains('d') && Escapes(prefix).Overlaps("cp");

    private static bool Has(ServerFacts server, params char[] escapes) => Escapes(server.Value("log_line_prefix").Text ?? "").Overlaps(escapes);

    private static bool Plain(ServerFacts server, string escape) =>
        (server.Value("log_line_prefix").Text ?? "") is string text
        && text.Contains(escape, StringComparison.OrdinalIgnoreCase) == Escapes(text).Contains(escape[1]);

    private static HashSet<char> Escapes(string prefix)
    {
        string widthless = string.Concat(prefix.Where(one => !char.IsAsciiDigit(one) && one != '-')).Replace("%%", "", StringComparison.Ordinal);
        return widthless.Split('%').Skip(1).Where(part => part.Length > 0).Select(part => part[0]).ToHashSet();
    }
}
