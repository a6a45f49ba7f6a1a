namespace System;

/// <summary>A place in a sequence, counted from its start or its end; made by the compiler for <c>[^1]</c> and list patterns.</summary>
/// <param name="value">How many places, 0 or more.</param>
/// <param name="fromEnd">Whether they are counted from the end.</param>
internal readonly struct Index(int value, bool fromEnd = false)
{
    /// <summary>The place counted from the start of a sequence.</summary>
    /// <param name="length">The length of the sequence.</param>
    public int GetOffset(int length) => fromEnd ? length - value : value;
}
