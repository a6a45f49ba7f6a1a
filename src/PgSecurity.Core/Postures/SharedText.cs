using System;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures;

/// <summary>A resource in the words of another line's, under a parent of its own.</summary>
/// <param name="known">The words.</param>
/// <param name="parent">Its id without the last segment.</param>
internal sealed class SharedText(KnownResource known, string parent) : ResourceText
{
    public override string Id() => parent + known.IdSegment;

    public override bool MayEndIn(string segment) => string.Equals(known.IdSegment, segment, StringComparison.OrdinalIgnoreCase);

    public override JsonElement Body() => known.Body(Encoding.UTF8.GetBytes(parent));

    public override bool TryGetProperties(out JsonElement properties) => known.TryGetProperties(out properties);

    public override T? Share<T>(Resource resource, Func<Resource, T> read)
        where T : class => known.Share(resource, read);

    public override bool TryGlimpse(int glimpse, out ExpressionValue value) => known.TryGlimpse(glimpse, out value);
}
