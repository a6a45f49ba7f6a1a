using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.BuiltInPolicies;
using PgSecurity.Core.Tests.Controls;
using Xunit;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>A control allocates nothing on a posture that passes it, once the settings' spellings have been seen.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void No_control_allocates_where_it_passes()
    {
        Posture[] postures = SampleEstate.Postures().Select(estate => estate.Posture).ToArray();
        List<string> allocating = new();
        int passed = 0;
        foreach (ControlDefinition definition in Catalogue.All.Controls)
        {
            CompiledPolicy policy = CompiledControl.Compile(definition, ControlSettings.None).Policy;
            if (postures.FirstOrDefault(one => policy.Evaluate(one) == PolicyOutcome.Compliant) is not Posture posture) continue;
            passed++;

            // What the runtime allocates once, when it first comes by, is not the control's.
            if (Enumerable.Range(0, 5).All(_ => Allocated(policy, posture) > 0)) allocating.Add(definition.Id);
        }

        Assert.Empty(allocating);
        Assert.True(passed > 90);
    }

    [Fact]
    public void A_computed_value_is_that_of_the_setting_at_hand_however_many_there_were()
    {
        CompiledPolicy policy = CompiledControl.Compile(Catalogue.All.Controls.Single(control => control.Id == "IDN-011"), ControlSettings.None).Policy;
        int least = Enumerable.Range(0, 200).First(length => policy.Evaluate(WithLength(length)) == PolicyOutcome.Compliant);

        Assert.InRange(least, 1, 199);
        for (int round = 0; round < 3; round++)
        {
            foreach (int length in Enumerable.Range(0, 60).Select(step => step * 7 % 60))
            {
                PolicyOutcome expected = length >= least ? PolicyOutcome.Compliant : PolicyOutcome.NonCompliant;
                Assert.Equal(expected, policy.Evaluate(WithLength(length)));
            }
        }
    }

    private static Posture WithLength(int length)
    {
        string value = FormattableString.Invariant($$$"""{"properties":{"value":"{{{length}}}"}}""");
        Posture any = SampleEstate.Postures().First().Posture;
        return any.With(new Facet(FacetTypes.Configurations, [new Resource(
            any.Id.Value + "/configurations/credcheck.password_min_length",
            FacetTypes.Configurations,
            "credcheck.password_min_length",
            System.Text.Json.JsonDocument.Parse(value).RootElement)]));
    }

    private static long Allocated(CompiledPolicy policy, Posture posture)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        policy.Evaluate(posture);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
