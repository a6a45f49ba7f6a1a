using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>
/// Which types of resource a rule can concern: those for which <c>if</c> is not false when nothing but the type is known.
/// A rule without a condition on the type is about the types of its aliases, or the server where it has none.
/// </summary>
internal sealed class ConcernedTypes(Condition condition, RuleSubject subject, string definitionId)
{
    /// <summary>The types.</summary>
    public string[] Find()
    {
        IEnumerable<string> candidates =
            subject.ReadsType ? FacetTypes.All
            : subject.AliasTypes.Count > 0 ? subject.AliasTypes
            : [FacetTypes.Server];
        EvaluationContext phantom = new(subject.Frames, definitionId);
        List<string> concerned = new();
        foreach (string type in candidates)
        {
            phantom.EnterPhantom(type);
            if (condition.Evaluate(phantom) != Truth.False) concerned.Add(type);
        }

        return concerned.ToArray();
    }
}
