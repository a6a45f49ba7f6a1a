using System;
using System.Collections.Generic;
using PgSecurity.Core.Policy;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Controls;

/// <summary>One control as its file says: the policy definition and what is ours about it.</summary>
public sealed class ControlDefinition
{
    /// <summary>The control's id, such as <c>NET-001</c>, or the name of a plain policy definition.</summary>
    public required string Id { get; init; }

    /// <summary>The section of the guide, or <see cref="ControlSections.Policy"/>.</summary>
    public required string Section { get; init; }

    /// <summary>What holds when the control passes.</summary>
    public required string Title { get; init; }

    /// <summary>What is looked at.</summary>
    public string Description { get; init; } = "";

    /// <summary>How much it matters when it fails.</summary>
    public required Severity Severity { get; init; }

    /// <summary>The recommendation of Microsoft's guide that it covers.</summary>
    public string Guide { get; init; } = "";

    /// <summary>Why it matters.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>What fixing it does to users of the server.</summary>
    public string Impact { get; init; } = "";

    /// <summary>What must be asked for beyond ARM (<see cref="ControlRequirement"/>); null for most.</summary>
    public string? Requires { get; init; }

    /// <summary>The profiles that select it by name.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = Array.Empty<string>();

    /// <summary>When it concerns a server.</summary>
    public IReadOnlyList<Applicability> AppliesTo { get; init; } = Array.Empty<Applicability>();

    /// <summary>The benchmark recommendations that it answers.</summary>
    public IReadOnlyList<BenchmarkReference> Benchmarks { get; init => field = ReadableList<BenchmarkReference>.Of(value); } = ReadableList<BenchmarkReference>.Of(Array.Empty<BenchmarkReference>());

    /// <summary>The checks of other tools that it corresponds to.</summary>
    public IReadOnlyList<PeerCheck> Replaces { get; init; } = Array.Empty<PeerCheck>();

    /// <summary>What makes it pass.</summary>
    public ControlRemediation Remediation { get; init; } = ControlRemediation.None;

    /// <summary>The names of the guards that a repair must get past.</summary>
    public IReadOnlyList<string> Guards { get; init; } = Array.Empty<string>();

    /// <summary>Pages to read on.</summary>
    public IReadOnlyList<string> References { get; init; } = Array.Empty<string>();

    /// <summary>The policy definition itself.</summary>
    public required PolicyDefinition Policy { get; init; }

    /// <summary>The file that defines it.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it is anybody's policy definition rather than one of our catalogue.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether the rule itself speaks of retired single servers.</summary>
    public bool ConcernsSingleServers { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Title}";
}
