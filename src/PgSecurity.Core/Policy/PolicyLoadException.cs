using System;

namespace PgSecurity.Core.Policy;

/// <summary>A policy definition, condition or parameter value that is not valid: where, what is wrong, and what would be valid.</summary>
public sealed class PolicyLoadException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="source">The file or other origin of the definition.</param>
    /// <param name="pointer">The place in it, as a JSON pointer (RFC 6901); empty for the whole.</param>
    /// <param name="problem">What is wrong and what would be valid.</param>
    /// <param name="inner">The error behind it.</param>
    public PolicyLoadException(string source, string pointer, string problem, Exception? inner = null)
        : base(pointer.Length == 0 ? $"{source}: {problem}." : $"{source}, at {pointer}: {problem}.", inner)
    {
        DefinitionSource = source;
        Pointer = pointer;
        Problem = problem;
    }

    /// <summary>The file or other origin of the definition.</summary>
    public string DefinitionSource { get; }

    /// <summary>The place in it, as a JSON pointer.</summary>
    public string Pointer { get; }

    /// <summary>What is wrong and what would be valid.</summary>
    public string Problem { get; }

    /// <summary>What to do about it.</summary>
    public string Advice { get; init; } = "Correct the definition there.";
}
