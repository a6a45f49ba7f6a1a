namespace PgSecurity.Core.Policy;

/// <summary>A <c>count</c> around the condition that is being compiled.</summary>
/// <param name="Field">The array alias of a field count; null for a value count.</param>
/// <param name="Name">What <c>current()</c> calls it: the alias, or the value count's name.</param>
/// <param name="FrameIndex">Where the context keeps the member that it stands at.</param>
internal sealed record CountScope(Field? Field, string Name, int FrameIndex);
