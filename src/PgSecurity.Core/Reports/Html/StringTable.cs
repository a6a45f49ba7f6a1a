using System;
using System.Collections.Generic;

namespace PgSecurity.Core.Reports.Html;

/// <summary>Each text once: findings of many servers say the same.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _texts = new();

    /// <summary>Makes a table in which the empty text is at 0.</summary>
    public StringTable() => PlaceOf("");

    /// <summary>The texts by place.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The place of a text, which is added where it is new.</summary>
    public int PlaceOf(string text)
    {
        string visible = HtmlText.Visible(text);
        if (_places.TryGetValue(visible, out int place)) return place;
        _places.Add(visible, _texts.Count);
        _texts.Add(visible);
        return _texts.Count - 1;
    }
}
