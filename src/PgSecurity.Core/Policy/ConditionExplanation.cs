using System.Collections.Generic;

namespace PgSecurity.Core.Policy;

/// <summary>Why a condition came to its verdict.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Evidence">What was seen; the expected side says what makes the condition hold.</param>
/// <param name="Reasons">Why it is unknown; empty otherwise.</param>
public sealed record ConditionExplanation(Truth Verdict, IReadOnlyList<Evidence> Evidence, IReadOnlyList<string> Reasons);
