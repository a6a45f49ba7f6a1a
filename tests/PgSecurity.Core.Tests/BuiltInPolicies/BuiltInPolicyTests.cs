using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>
/// Microsoft's built-in definitions, run by the engine on every sample server, do what their conditions say: compared,
/// server by server, with expectations that none of the engine's code had a part in.
/// </summary>
public class BuiltInPolicyTests
{
    public static TheoryData<string> Ids => new(BuiltInPolicy.All.Select(policy => policy.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_definition_does_what_its_condition_says(string id)
    {
        BuiltInPolicy policy = BuiltInPolicy.Find(id);
        CompiledPolicy compiled = PolicyDefinition.Load(policy.Definition, id).Compile(policy.Values);

        AssertDoes(policy, compiled);
    }

    [Fact]
    public void Microsofts_own_files_do_the_same()
    {
        foreach ((PolicyDefinition definition, string path) in MicrosoftsDefinitions.All)
        {
            BuiltInPolicy? policy = BuiltInPolicy.All.FirstOrDefault(one => one.Id.Equals(definition.Name, StringComparison.OrdinalIgnoreCase));
            Assert.True(policy is not null, $"{path}: no expectation is written for {definition.Name}.");
            AssertDoes(policy, MicrosoftsDefinitions.Compile(definition, policy.Values));
        }
    }

    private static void AssertDoes(BuiltInPolicy policy, CompiledPolicy compiled)
    {
        string[] wrong = Servers()
            .Select(server => (server.Name, Expected: Expected(policy, server.Facts), Actual: compiled.Evaluate(server.Facts.Posture)))
            .Where(result => result.Expected != result.Actual)
            .Select(result => $"{result.Name}: expected {result.Expected}, was {result.Actual}")
            .ToArray();

        Assert.Empty(wrong);
    }

    private static PolicyOutcome Expected(BuiltInPolicy policy, ServerFacts server) =>
        !server.IsFlexible ? PolicyOutcome.NotApplicable : policy.Does(server) switch
        {
            Truth.True => PolicyOutcome.Compliant,
            Truth.False => PolicyOutcome.NonCompliant,
            _ => PolicyOutcome.Unknown,
        };

    private static IEnumerable<(string Name, ServerFacts Facts)> Servers() =>
        PostureCorpus.All.Select(one => (one.Name, new ServerFacts(one.Posture)));
}
