using System;

namespace PgSecurity.Sandbox.ResourceGraph;

/// <summary>A query that is wrong, or that this subset of the language does not have.</summary>
internal sealed class QueryRefused : Exception
{
    internal QueryRefused(string token, int position, string message)
        : base(message)
    {
        Token = token;
        Position = position;
    }

    internal string Token { get; }

    /// <summary>The place in the query, from 0.</summary>
    internal int Position { get; }
}
