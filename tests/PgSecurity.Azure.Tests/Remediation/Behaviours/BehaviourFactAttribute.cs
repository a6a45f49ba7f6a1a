using System;
using Xunit;

namespace PgSecurity.Azure.Tests.Remediation.Behaviours;

/// <summary>
/// The test of one row of the table in docs/reliability.md: the sandbox shows what the service does, and the test holds
/// what the road does about it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BehaviourFactAttribute : FactAttribute
{
    public BehaviourFactAttribute(int row, string behaviour)
    {
        Row = row;
        DisplayName = $"{row:00}: {behaviour}";
    }

    /// <summary>The row, 1 to 59.</summary>
    public int Row { get; }
}
