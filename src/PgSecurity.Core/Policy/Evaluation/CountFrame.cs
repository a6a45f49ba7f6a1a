using System;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// Where a <c>count</c> stands: for a field count the member at every <c>[*]</c> of its path, for a value count the value.
/// </summary>
internal sealed class CountFrame
{
    private CountFrame(int levels) => Members = levels == 0 ? Array.Empty<JsonElement>() : new JsonElement[levels];

    /// <summary>The member of the array at each <c>[*]</c>, from the outside in.</summary>
    public JsonElement[] Members { get; }

    /// <summary>The value that a value count stands at.</summary>
    public ExpressionValue Value { get; set; }

    public static CountFrame OfLevels(int levels) => new(levels);

    public CountFrame Clone() => new(Members.Length);

    public void Set(int level, JsonElement member) => Members[level] = member;

    /// <summary>Takes the outer members over from the count that a path is bound to.</summary>
    public void CopyFrom(JsonElement[] members, int levels) => Array.Copy(members, Members, levels);

    public void Clear()
    {
        Array.Clear(Members, 0, Members.Length);
        Value = default;
    }
}
