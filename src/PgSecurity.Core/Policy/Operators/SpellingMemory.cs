using System;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>Verdicts by exact spelling. Any number of threads may use it; one may overwrite another's addition.</summary>
internal sealed class SpellingMemory
{
    private const int MaximumRemembered = 12;
    private const int MaximumLength = 256;

    private (string Spelling, Truth Verdict)[] _known = Array.Empty<(string, Truth)>();

    public bool TryGet(in ExpressionValue text, out Truth verdict)
    {
        foreach ((string spelling, Truth known) in _known)
        {
            if (!text.TextEquals(spelling)) continue;
            verdict = known;
            return true;
        }

        verdict = default;
        return false;
    }

    public void Remember(string spelling, Truth verdict)
    {
        (string, Truth)[] known = _known;
        if (known.Length >= MaximumRemembered || spelling.Length > MaximumLength) return;
        (string, Truth)[] more = new (string, Truth)[known.Length + 1];
        known.CopyTo(more, 0);
        more[known.Length] = (spelling, verdict);
        _known = more;
    }
}
