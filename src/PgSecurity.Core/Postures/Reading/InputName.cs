using System;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>How a place in an input is written: <c>estate.ndjson:12</c>.</summary>
internal static class InputName
{
    public static string At(string file, long line) =>
        line > 0 ? FormattableString.Invariant($"{file}:{line}") : file;
}
