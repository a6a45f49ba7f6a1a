using System;
using System.Collections.Generic;

namespace PgSecurity;

/// <summary>One check of the catalogue, as <c>Get-PgSecurityControl</c> shows it.</summary>
public sealed class Control
{
    /// <summary>The control's stable id, such as <c>NET-001</c>; never reused.</summary>
    public required string ControlId { get; init; }

    /// <summary>The section of the guide it belongs to.</summary>
    public required string Section { get; init; }

    /// <summary>The title: what holds when the control passes.</summary>
    public required string Title { get; init; }

    /// <summary>What the control looks at.</summary>
    public string Description { get; init; } = "";

    /// <summary>How much it matters when the control fails.</summary>
    public required Severity Severity { get; init; }

    /// <summary>Why it matters.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>The recommendation of Microsoft's guide that it covers.</summary>
    public string Guide { get; init; } = "";

    /// <summary>What fixing it does to users of the server.</summary>
    public string Impact { get; init; } = "";

    /// <summary>What to do when it fails.</summary>
    public string Recommendation { get; init; } = "";

    /// <summary>Whether there are steps that PgSecurity can apply.</summary>
    public bool IsRemediable { get; init; }

    /// <summary>The benchmark recommendations that it answers.</summary>
    public IReadOnlyList<BenchmarkReference> Benchmarks { get; init => field = ReadableList<BenchmarkReference>.Of(value); } = ReadableList<BenchmarkReference>.Of(Array.Empty<BenchmarkReference>());

    /// <summary>The checks of other tools that it corresponds to, as <c>tool: check</c>.</summary>
    public IReadOnlyList<string> Replaces { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>The profiles that select it.</summary>
    public IReadOnlyList<string> Profiles { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>The parameters that can be overridden, with their values in force.</summary>
    public IReadOnlyList<ControlParameter> Parameters { get; init => field = ReadableList<ControlParameter>.Of(value); } = ReadableList<ControlParameter>.Of(Array.Empty<ControlParameter>());

    /// <summary>The facets (resource types) that it reads.</summary>
    public IReadOnlyList<string> Facets { get; init => field = ReadableList<string>.Of(value); } = ReadableList<string>.Of(Array.Empty<string>());

    /// <summary>What must be asked for beyond ARM: <c>database</c> or <c>network</c>; null for most.</summary>
    public string? Requires { get; init; }

    /// <summary>The file that defines it.</summary>
    public string Path { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{ControlId} {Title}";
}
