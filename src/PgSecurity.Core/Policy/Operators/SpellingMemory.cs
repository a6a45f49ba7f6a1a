using System;
using System.Text;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>Verdicts by exact spelling. Any number of threads may use it; one may overwrite another's addition.</summary>
internal sealed class SpellingMemory
{
    private const int MaximumRemembered = 12;
    private const int MaximumLength = 256;

    private Entry[] _known = Array.Empty<Entry>();

    public bool TryGet(in ExpressionValue text, out Truth verdict)
    {
        foreach (Entry entry in _known)
        {
            if (!text.TextEquals(entry.Spelling, entry.Utf8)) continue;
            verdict = entry.Verdict;
            return true;
        }

        verdict = default;
        return false;
    }

    public void Remember(string spelling, Truth verdict)
    {
        Entry[] known = _known;
        if (known.Length >= MaximumRemembered || spelling.Length > MaximumLength) return;
        Entry[] more = new Entry[known.Length + 1];
        known.CopyTo(more, 0);
        more[known.Length] = new Entry(spelling, Encoding.UTF8.GetBytes(spelling), verdict);
        _known = more;
    }

    private sealed record Entry(string Spelling, byte[] Utf8, Truth Verdict);
}
