namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Something in the input that was left out on purpose, as a verbose message says it: the answer to an operation, a
/// resource of another provider, a parameters file.
/// </summary>
/// <param name="File">The file, or the name that the input was given.</param>
/// <param name="Line">The line, from 1; 0 where the whole input is meant.</param>
/// <param name="Text">What was left out, and why.</param>
public sealed record InputNotice(string File, long Line, string Text);
