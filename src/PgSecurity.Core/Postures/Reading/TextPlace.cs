namespace PgSecurity.Core.Postures.Reading;

/// <summary>Where a value stands in the bytes of a document. The content of a string is without its quotes.</summary>
internal readonly record struct TextPlace(int Start, int End)
{
    /// <summary>Whether there is such a value.</summary>
    public bool IsThere => End > 0;

    /// <summary>How many bytes it has.</summary>
    public int Length => End - Start;
}
