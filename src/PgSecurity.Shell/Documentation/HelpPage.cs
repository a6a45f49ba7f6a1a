using System;
using System.Collections.Generic;

namespace PgSecurity.Shell.Documentation;

/// <summary>The help of one cmdlet as its page in <c>docs/en-US</c> has it: all that cannot be read from the cmdlet itself.</summary>
internal sealed class HelpPage
{
    /// <summary>The cmdlet's name.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>The paragraphs of the description.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The examples.</summary>
    public required IReadOnlyList<HelpExample> Examples { get; init; }

    /// <summary>The paragraphs on each parameter, by its name without a dash.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; }

    /// <summary>What may come through the pipeline: a type and what is said of it.</summary>
    public IReadOnlyList<HelpType> Inputs { get; init; } = [];

    /// <summary>What comes out: a type and what is said of it.</summary>
    public IReadOnlyList<HelpType> Outputs { get; init; } = [];

    /// <summary>Notes.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Where to read on: the text, and the address where there is one.</summary>
    public IReadOnlyList<HelpLink> Links { get; init; } = [];
}

/// <summary>An example: its title, the commands, and what they do.</summary>
internal sealed record HelpExample(string Title, string Code, IReadOnlyList<string> Remarks);

/// <summary>A type of the pipeline and what is said of it.</summary>
internal sealed record HelpType(string Name, IReadOnlyList<string> Description);

/// <summary>A link of a page.</summary>
internal sealed record HelpLink(string Text, string Address);
