using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Remediation;

/// <summary>What makes a control pass: in words, and as steps where PgSecurity can take them.</summary>
public sealed class ControlRemediation
{
    /// <summary>Of a definition that says nothing about it.</summary>
    public static ControlRemediation None { get; } = new() { Text = "", Class = RemediationClass.Reversible };

    /// <summary>What to do.</summary>
    public required string Text { get; init; }

    /// <summary>How far it can be taken back.</summary>
    public required RemediationClass Class { get; init; }

    /// <summary>Why PgSecurity does not do it, and the way there is; empty where there are steps.</summary>
    public string Manual { get; init; } = "";

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<RemediationStep> Steps { get; init; } = Array.Empty<RemediationStep>();
}
