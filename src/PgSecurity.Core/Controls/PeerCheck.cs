namespace PgSecurity.Core.Controls;

/// <summary>A check of another tool that a control corresponds to.</summary>
/// <param name="Peer">The tool.</param>
/// <param name="Check">The check's name, as the tool spells it.</param>
/// <param name="Difference">Where ours differs, and why; empty where it does not.</param>
public sealed record PeerCheck(string Peer, string Check, string Difference);
