using System.Collections.Generic;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>A control as expressions over rows of Resource Graph.</summary>
internal sealed class QueryControl
{
    /// <summary>The control.</summary>
    public required CompiledControl Control { get; init; }

    /// <summary>Conditions under which it applies, with the reason where one does not hold.</summary>
    public required IReadOnlyList<(KqlTruth Condition, string Reason)> AppliesTo { get; init; }

    /// <summary>When it fails.</summary>
    public required KqlTruth Fails { get; init; }

    /// <summary>What is shown as observed.</summary>
    public required IReadOnlyList<KqlField> Observed { get; init; }

    /// <summary>The counts of related resources that the expressions use.</summary>
    public required IReadOnlyList<RelatedCount> Counts { get; init; }
}
