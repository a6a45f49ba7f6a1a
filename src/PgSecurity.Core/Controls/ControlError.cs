namespace PgSecurity.Core.Controls;

/// <summary>What is wrong with a file of controls, a profile, a parameter file or an exemption file.</summary>
/// <param name="File">The file.</param>
/// <param name="Pointer">Where in it, as a JSON pointer; empty for the file as a whole.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Advice">What to do about it.</param>
public sealed record ControlError(string File, string Pointer, string Reason, string Advice)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}{(Pointer.Length == 0 ? "" : "#" + Pointer)}: {Reason} {Advice}";
}
