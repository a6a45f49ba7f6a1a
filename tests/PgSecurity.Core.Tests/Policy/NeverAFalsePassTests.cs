using System;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using Xunit;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>
/// Knowing less never changes a verdict, but to unknown: for random rules on random postures of which ever more is
/// forgotten.
/// </summary>
public class NeverAFalsePassTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Forgetting_only_leads_to_unknown(int seed)
    {
        Random random = new(seed);
        RandomRule rules = new(random);
        int[] outcomes = new int[4];
        for (int i = 0; i < 500; i++)
        {
            string rule = rules.Next();
            CompiledPolicy policy = PolicyDefinition.Load(PostureSketch.Json(rule), "random").Compile();
            RandomPosture posture = new(random);
            string known = posture.ToString();
            PolicyOutcome before = Evaluate(policy, posture.Build());
            outcomes[(int)before]++;
            for (int step = 0; step < 6; step++)
            {
                posture.Forget();
                PolicyOutcome after = Evaluate(policy, posture.Build());
                Assert.True(
                    after == before || after == PolicyOutcome.Unknown,
                    $"{before} became {after}\n{rule}\n{known}\nthen\n{posture}");
                before = after;
                known = posture.ToString();
            }
        }

        // The random rules say something: each outcome comes about.
        Assert.All(outcomes, count => Assert.InRange(count, 3, 500));
    }

    private static PolicyOutcome Evaluate(CompiledPolicy policy, Posture posture)
    {
        PolicyOutcome outcome = policy.Evaluate(posture);
        PolicyExplanation explanation = policy.Explain(posture);
        Assert.Equal(outcome, explanation.Outcome);
        Assert.Equal(outcome is PolicyOutcome.Unknown or PolicyOutcome.NotApplicable, explanation.Reasons.Count > 0);
        if (outcome == PolicyOutcome.NonCompliant) Assert.NotEmpty(explanation.Evidence);
        return outcome;
    }
}
