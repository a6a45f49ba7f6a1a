using System.Collections.Generic;

namespace PgSecurity.Core.Policy;

/// <summary>Why a policy came to its outcome.</summary>
public sealed class PolicyExplanation
{
    internal PolicyExplanation(
        PolicyOutcome outcome, IReadOnlyList<Evidence> evidence, IReadOnlyList<string> reasons, string? missingRelated)
    {
        Outcome = outcome;
        Evidence = evidence;
        Reasons = reasons;
        MissingRelated = missingRelated;
    }

    /// <summary>The outcome.</summary>
    public PolicyOutcome Outcome { get; }

    /// <summary>What was seen: of the resources that failed, or, where the policy passed, of those that passed.</summary>
    public IReadOnlyList<Evidence> Evidence { get; }

    /// <summary>Why it is unknown or not applicable; empty for the other outcomes.</summary>
    public IReadOnlyList<string> Reasons { get; }

    /// <summary>
    /// The name of the one related resource that the policy asks for, where a complete listing of
    /// <see cref="CompiledPolicy.RelatedType"/> does not have it: a server parameter that this version lacks. Null otherwise.
    /// </summary>
    public string? MissingRelated { get; }
}
