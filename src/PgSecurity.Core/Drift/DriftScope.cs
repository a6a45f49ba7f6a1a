using System;

namespace PgSecurity.Core.Drift;

/// <summary>What is compared.</summary>
[Flags]
public enum DriftScope
{
    /// <summary>The servers that came and went, which is always told.</summary>
    Servers = 0,

    /// <summary>What the controls find.</summary>
    Findings = 1,

    /// <summary>Resources and their properties.</summary>
    Properties = 2,

    /// <summary>Everything.</summary>
    All = Findings | Properties,
}
