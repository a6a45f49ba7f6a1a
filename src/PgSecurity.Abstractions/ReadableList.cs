using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;

namespace PgSecurity;

/// <summary>
/// A list that reads as its items, joined with semicolons. Export-Csv and string interpolation write a property with
/// <c>ToString()</c>, which for other lists is the name of their type.
/// </summary>
/// <typeparam name="T">The type of the items, which have texts of their own.</typeparam>
public sealed class ReadableList<T> : ReadOnlyCollection<T>
{
    private static readonly ReadableList<T> Nothing = new(System.Array.Empty<T>());

    private ReadableList(IList<T> items)
        : base(items)
    {
    }

    /// <summary>The list of some items; the same list where it is one already.</summary>
    public static ReadableList<T> Of(IEnumerable<T> items) =>
        items as ReadableList<T> ?? (items is IReadOnlyCollection<T> { Count: 0 } ? Nothing : new ReadableList<T>(items.ToArray()));

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this);
}
