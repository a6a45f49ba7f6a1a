using System;
using System.Text;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// What texts came to, by exact spelling: settings have few. Any number of threads may use it; one may overwrite another's
/// addition.
/// </summary>
/// <typeparam name="T">What they came to: it must not change, nor keep a posture alive.</typeparam>
internal sealed class SpellingMemory<T>
{
    private const int MaximumRemembered = 12;
    private const int MaximumLength = 256;

    private Entry[] _known = Array.Empty<Entry>();

    public bool TryGet(in ExpressionValue text, out T known)
    {
        foreach (Entry entry in _known)
        {
            if (!text.TextEquals(entry.Spelling, entry.Utf8)) continue;
            known = entry.Known;
            return true;
        }

        known = default!;
        return false;
    }

    public void Remember(string spelling, T value)
    {
        Entry[] known = _known;
        if (known.Length >= MaximumRemembered || spelling.Length > MaximumLength) return;
        Entry[] more = new Entry[known.Length + 1];
        known.CopyTo(more, 0);
        more[known.Length] = new Entry(spelling, Encoding.UTF8.GetBytes(spelling), value);
        _known = more;
    }

    private sealed record Entry(string Spelling, byte[] Utf8, T Known);
}
