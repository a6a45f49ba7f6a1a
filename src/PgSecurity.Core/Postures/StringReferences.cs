using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace PgSecurity.Core.Postures;

/// <summary>Strings told apart by reference.</summary>
internal sealed class StringReferences : IEqualityComparer<string>
{
    private StringReferences()
    {
    }

    /// <summary>The one comparer.</summary>
    public static StringReferences Comparer { get; } = new();

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) => ReferenceEquals(x, y);

    /// <inheritdoc/>
    public int GetHashCode(string obj) => RuntimeHelpers.GetHashCode(obj);
}
