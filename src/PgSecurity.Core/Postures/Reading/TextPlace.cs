namespace PgSecurity.Core.Postures.Reading;

/// <summary>Where a value stands in some bytes. The content of a string is without its quotes.</summary>
internal readonly record struct TextPlace(int Start, int End)
{
    /// <summary>Whether there is such a value.</summary>
    public bool IsThere => End > 0;

    /// <summary>How many bytes it has.</summary>
    public int Length => End - Start;

    /// <summary>The same value where its bytes have moved by so many; nowhere stays nowhere.</summary>
    public TextPlace Moved(int by) => IsThere ? new TextPlace(Start + by, End + by) : default;
}
