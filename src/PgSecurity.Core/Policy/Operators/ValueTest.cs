using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Policy;

/// <summary>
/// What an operator asks of a value, with its right-hand side built in. Verdicts on strings are remembered by spelling:
/// settings have few, and comparing without regard to case would otherwise allocate each time.
/// </summary>
internal abstract class ValueTest
{
    private readonly SpellingMemory<Truth> _memory = new();

    /// <summary>The verdict on a field that is not there, or null.</summary>
    public virtual Truth OfMissing => Truth.False;

    /// <summary>The verdict on a value.</summary>
    public Truth Of(in ExpressionValue value)
    {
        switch (value.Kind)
        {
            case ExpressionKind.Unknown:
                return Truth.Unknown;
            case ExpressionKind.Null:
                return OfMissing;
            case ExpressionKind.String:
                return _memory.TryGet(value, out Truth known) ? known : OfNewText(value);
            default:
                return OfOther(value);
        }
    }

    /// <summary>Why a known value gets no verdict.</summary>
    public virtual string Mismatch(in ExpressionValue value) => $"{value.KindInWords} cannot be compared";

    /// <summary>The verdict on a string.</summary>
    protected abstract Truth OfText(string text);

    /// <summary>The verdict on a boolean, number, array or object.</summary>
    protected abstract Truth OfOther(in ExpressionValue value);

    private Truth OfNewText(in ExpressionValue value)
    {
        string text = value.Text;
        Truth verdict = OfText(text);
        _memory.Remember(text, verdict);
        return verdict;
    }
}
