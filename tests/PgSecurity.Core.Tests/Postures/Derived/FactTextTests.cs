using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Tests.BuiltInPolicies;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

/// <summary>A fact tells a condition the same whether it is asked or its JSON is read.</summary>
public sealed class FactTextTests
{
    [Fact]
    public void Every_fact_of_the_sample_estate_tells_what_its_json_says()
    {
        int told = 0;
        foreach ((string _, Posture posture) in SampleEstate.Postures())
        {
            foreach (Resource fact in DerivedFacets.All.SelectMany(derived => posture.FacetOf(derived.Type).Resources))
            {
                Assert.Equal(fact.Id, fact.Body.GetProperty("id").GetString());
                foreach (JsonProperty property in fact.Body.GetProperty("properties").EnumerateObject())
                {
                    if (!fact.TryRead(property.Name.ToUpperInvariant(), out bool isThere, out ExpressionValue value))
                    {
                        Assert.True(property.Value.ValueKind is JsonValueKind.Array or JsonValueKind.Object);
                        continue;
                    }

                    told++;
                    ExpressionValue read = ExpressionValue.From(property.Value);
                    Assert.True(isThere);
                    Assert.Equal(read.Kind, value.Kind);
                    Assert.Equal(read.ToString(), value.ToString());
                }

                Assert.True(!fact.TryRead("noSuchProperty", out bool isElsewhere, out _) || !isElsewhere);
            }
        }

        Assert.True(told > 1_000);
    }
}
