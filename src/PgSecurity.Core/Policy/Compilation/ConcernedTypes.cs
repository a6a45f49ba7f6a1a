using System.Collections.Generic;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>
/// Which types of resource a rule can concern: those for which <c>if</c> is not false when nothing but the type is known.
/// A rule without a condition on the type is about the types of its aliases, or the server where it has none.
/// </summary>
internal sealed class ConcernedTypes(Condition condition, RuleSubject subject, string definitionId)
{
    /// <summary>The types, each with what is left of <c>if</c> for it.</summary>
    public ConcernedType[] Find()
    {
        IEnumerable<string> candidates =
            subject.ReadsType ? FacetTypes.All
            : subject.AliasTypes.Count > 0 ? subject.AliasTypes
            : [FacetTypes.Server];
        EvaluationContext phantom = new(subject.Frames, definitionId);
        List<ConcernedType> concerned = new();
        foreach (string type in candidates)
        {
            phantom.EnterPhantom(type);
            Condition left = condition.For(phantom);
            if (left is not Decided { Verdict: Truth.False }) concerned.Add(new ConcernedType(type, left));
        }

        return concerned.ToArray();
    }
}
