using System.Globalization;
using System.Text;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>One thing in the input that could not be read. What stands beside it is read all the same.</summary>
/// <param name="File">The file, or the name that the input was given.</param>
/// <param name="Line">The line, from 1; 0 where the whole input is meant.</param>
/// <param name="Pointer">The JSON pointer inside the document, where it is known.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record InputError(string File, long Line, string? Pointer, string Reason, string Advice)
{
    /// <summary>The error as one line: <c>estate.ndjson:12 at /facets/3: reason. Advice</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new(File);
        if (Line > 0) text.Append(':').Append(Line.ToString(CultureInfo.InvariantCulture));
        if (!string.IsNullOrEmpty(Pointer)) text.Append(" at ").Append(Pointer);
        return text.Append(": ").Append(Reason).Append(". ").Append(Advice).ToString();
    }
}
