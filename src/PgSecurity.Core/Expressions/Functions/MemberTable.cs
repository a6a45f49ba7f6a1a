using System;
using System.Collections.Generic;
using System.Text.Json;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>The members of an object that is being put together: in order, a name once whatever its case.</summary>
internal sealed class MemberTable
{
    private readonly List<KeyValuePair<string, ExpressionValue>> _members = new();
    private readonly Dictionary<string, int> _places = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds a member, or replaces the one of that name.</summary>
    public void Set(string name, ExpressionValue value)
    {
        if (_places.TryGetValue(name, out int place))
        {
            _members[place] = new KeyValuePair<string, ExpressionValue>(_members[place].Key, value);
            return;
        }

        _places[name] = _members.Count;
        _members.Add(new KeyValuePair<string, ExpressionValue>(name, value));
    }

    /// <summary>The member of a name.</summary>
    public bool TryGet(string name, out ExpressionValue value)
    {
        bool found = _places.TryGetValue(name, out int place);
        value = found ? _members[place].Value : default;
        return found;
    }

    /// <summary>Adds the members of an object; objects of the same name are merged where asked.</summary>
    public void Merge(ExpressionValue source, bool deep)
    {
        foreach (JsonProperty member in Elements.Members(source))
        {
            ExpressionValue value = ExpressionValue.From(member.Value);
            Set(member.Name, deep && TryGet(member.Name, out ExpressionValue before) ? Merged(before, value) : value);
        }
    }

    /// <summary>The object.</summary>
    public ExpressionValue ToObject() => Elements.ToObject(_members);

    private static ExpressionValue Merged(ExpressionValue before, ExpressionValue value)
    {
        if (value.Kind != ExpressionKind.Object) return value;
        if (before.IsUnknown) return before;
        if (before.Kind != ExpressionKind.Object) return value;

        MemberTable merged = new();
        merged.Merge(before, deep: true);
        merged.Merge(value, deep: true);
        return merged.ToObject();
    }
}
