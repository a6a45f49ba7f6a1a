using System;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Postures;

/// <summary>A resource as it stands in the bytes of a document that was checked, parsed when it is asked for.</summary>
internal abstract class ResourceText
{
    /// <summary>The id.</summary>
    public abstract string Id();

    /// <summary>Whether the last segment of the id may be a certain one, without regard to case; true where that is not known at once.</summary>
    public virtual bool MayEndIn(string segment) => true;

    /// <summary>The JSON object.</summary>
    public abstract JsonElement Body();

    /// <summary>The member <c>properties</c> without parsing the object; false where that takes parsing it.</summary>
    public virtual bool TryGetProperties(out JsonElement properties)
    {
        properties = default;
        return false;
    }

    /// <summary>
    /// What is read of the resource's own words, once for all resources that stand in the same ones; null where no others do.
    /// </summary>
    /// <typeparam name="T">What is read, which is also the name under which it is kept: it must not change, and know nothing of the id.</typeparam>
    public virtual T? Share<T>(Resource resource, Func<Resource, T> read)
        where T : class => null;

    /// <summary>A property without parsing the object; false where that takes parsing it.</summary>
    /// <param name="name">Its name, which is compared without regard to case.</param>
    /// <param name="isThere">Whether the resource has it.</param>
    /// <param name="value">Its value.</param>
    public virtual bool TryRead(string name, out bool isThere, out ExpressionValue value)
    {
        isThere = false;
        value = default;
        return false;
    }

    /// <summary>A property's value without parsing the object; false where that takes parsing it.</summary>
    /// <param name="glimpse">Which property, as <see cref="Reading.Glimpse"/> numbers them.</param>
    /// <param name="value">The value.</param>
    public virtual bool TryGlimpse(int glimpse, out ExpressionValue value)
    {
        value = default;
        return false;
    }
}
