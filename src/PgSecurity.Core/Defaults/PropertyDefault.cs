using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Defaults;

/// <summary>What a new server has where its definition leaves a property out.</summary>
public sealed class PropertyDefault
{
    internal PropertyDefault(IReadOnlyList<string> path, JsonElement value, string? network, IReadOnlyList<string> createModes)
    {
        Path = path;
        Value = value;
        Network = network;
        CreateModes = createModes;
    }

    /// <summary>The names from <c>properties</c> down.</summary>
    public IReadOnlyList<string> Path { get; }

    /// <summary>The value.</summary>
    public JsonElement Value { get; }

    /// <summary><c>public</c> or <c>virtualNetwork</c> where it holds for servers of that kind only; null for all.</summary>
    public string? Network { get; }

    /// <summary>The ways of making a server for which it holds; for others the server takes the property from its source.</summary>
    public IReadOnlyList<string> CreateModes { get; }

    /// <summary>Whether it holds for a way of making a server.</summary>
    public bool HoldsFor(string createMode) => CreateModes.Contains(createMode, StringComparer.OrdinalIgnoreCase);
}
