using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>Where a built-in definition and the exported initiative part, and why.</summary>
/// <param name="BuiltInFlags">Whether it is the built-in definition that flags the server; else it is the initiative.</param>
/// <param name="Reason">Which servers, and why that is so; a sentence of the guide.</param>
/// <param name="Concerns">Whether a server is one of them.</param>
internal sealed record InitiativeDifference(bool BuiltInFlags, string Reason, Func<ServerFacts, bool> Concerns)
{
    /// <summary>The built-in definition that takes the name of the parameter which is to be on, with the parameter of each control.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> SwitchedOn { get; } = new Dictionary<string, IReadOnlyDictionary<string, string>>
    {
        ["a8f89ff4-3d6e-4d7b-8c5a-2e9b1f4c8d3a"] = new Dictionary<string, string>
        {
            ["LOG-005"] = "log_connections", ["LOG-006"] = "log_disconnections", ["LOG-007"] = "log_checkpoints", ["LOG-011"] = "connection_throttle.enable",
        },
    };

    private static readonly InitiativeDifference ListOfConnections = new(
        true,
        "On PostgreSQL 18 log_connections is a list. The built-in compares it with on; the initiative takes any member that logs who connects.",
        server => server.Members("log_connections").Any(one => one.ToLowerInvariant() is "all" or "authentication" or "authorization"));

    private static readonly InitiativeDifference NoThrottle = new(
        true,
        "PostgreSQL 18 has no connection_throttle.enable. The built-in flags every such server; the initiative leaves the version out.",
        server => server.Value("connection_throttle.enable").IsAbsent && server.Server("version").Text == "18");

    private static readonly InitiativeDifference[] ByGroup =
    [
        new(
            true,
            "The log leaves by the group allLogs alone, by a category's name, or beside other entries. The built-in wants one enabled entry for audit and a disabled one for allLogs.",
            server => server.Any(FacetTypes.DiagnosticSettings, DiagnosticPolicies.Sends) == Truth.True && server.Any(FacetTypes.DiagnosticSettings, DiagnosticPolicies.Exactly) == Truth.False),
        new(
            true,
            "The entries are as the built-in wants them, but the destination is not the one that its parameter names. The initiative takes any destination.",
            server => server.Any(FacetTypes.DiagnosticSettings, DiagnosticPolicies.Exactly) == Truth.True),
    ];

    private static readonly Dictionary<string, InitiativeDifference[]> Known = new()
    {
        ["5e1de0e3-42cb-4ebc-a86d-61d0c619ca48"] =
        [
            new(
                false,
                "publicNetworkAccess is left out, outside a virtual network. The service takes that for Enabled; the built-in lets it pass.",
                server => server.Server("network.publicNetworkAccess").IsAbsent && !server.IsInNetwork),
            new(
                true,
                "A server in a virtual network without a private DNS zone. It has no public endpoint; the missing zone is NET-012.",
                server => server.IsInNetwork && server.Server("network.privateDnsZoneArmResourceId").IsAbsent),
            new(
                true,
                "A private DNS zone without a subnet, while public access is disabled.",
                server => !server.IsInNetwork && !server.Server("network.privateDnsZoneArmResourceId").IsAbsent),
        ],
        ["5375a5bb-22c6-46d7-8a43-83417cfb4460"] =
        [
            new(true, "A server in a virtual network, which cannot have a private endpoint and needs none.", server => server.IsInNetwork),
        ],
        ["fa498b91-8a7e-4710-9578-da944c68d1fe"] =
        [
            new(true, "A read replica that leaves authConfig out: it has that of its primary.", server => server.IsReplica),
        ],
        ["e27a6dfc-883f-4f9e-97cc-a819fe702400"] =
        [
            new(true, "No flexible server has the parameter aad_auth_only that the built-in reads. The initiative reads authConfig.", server => server.Value("aad_auth_only").IsAbsent),
        ],
        ["ce39a96d-bf09-4b60-8c32-e85d52abea0f"] =
        [
            new(
                true,
                "Entra authentication is off, so that an administrator would change nothing: IDN-001 is what is wrong there.",
                server => server.Server("authConfig.activeDirectoryAuth").Text is not "Enabled" && !server.IsReplica),
            new(true, "A read replica: its administrators are those of its primary.", server => server.IsReplica),
        ],
        ["086709ac-11b5-478d-a893-9567a16d2ae3"] = [ListOfConnections],
        ["dacf07fa-0eea-4486-80bc-b93fae88ac40"] = [NoThrottle],
        ["78ed47da-513e-41e9-a088-e829b373281d"] =
        [
            new(
                true,
                "The log leaves by a setting of another name, by the group audit, by a category's name, to another kind of destination, or with another choice of metrics.",
                server => server.Any(FacetTypes.DiagnosticSettings, DiagnosticPolicies.Sends) == Truth.True),
        ],
        ["5fbd326d-328c-414e-a922-2d6963998962"] = ByGroup,
        ["cdd1dbc6-0004-4fcd-afd7-b67550de37ff"] = ByGroup,
        ["bd0079c6-6f2d-42f4-9cee-e23930968f10"] = ByGroup,
        ["499b7900-f44e-40ea-b8d3-2f3cf75f2ca4"] = ByGroup,
    };

    /// <summary>The differences that are known of a definition; none where the two agree on every server.</summary>
    public static IReadOnlyList<InitiativeDifference> For(string id) => Known.GetValueOrDefault(id) ?? [];

    /// <summary>The differences of the definition that takes a parameter's name.</summary>
    public static IReadOnlyList<InitiativeDifference> ForParameter(string parameter) => parameter switch
    {
        "log_connections" => [ListOfConnections],
        "connection_throttle.enable" => [NoThrottle],
        _ => [],
    };
}
