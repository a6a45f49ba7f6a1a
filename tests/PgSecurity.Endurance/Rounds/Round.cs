namespace PgSecurity.Endurance.Rounds;

/// <summary>Something that users do.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Script">The script; it has <c>$address</c>, <c>$token</c>, <c>$folder</c>, <c>$doorstep</c> and <c>$manifest</c>.</param>
/// <param name="Ending">How it ends.</param>
/// <param name="Expected">What it puts out at its end, as a pattern of letters and <c>*</c>; null where that says nothing.</param>
/// <param name="Then">A script in another runspace that brings the estate back; null where nothing was changed.</param>
/// <param name="KeepsRunspace">Whether it runs in the one runspace that stays open, as a prompt does.</param>
internal sealed record Round(string Name, string Script, Ending Ending = Ending.Whole, string? Expected = null, string? Then = null, bool KeepsRunspace = false);
