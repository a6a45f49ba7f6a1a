using System.Collections.Generic;

namespace PgSecurity.Database.Masking;

/// <summary>A transaction that is about to be kept: nothing of it has taken effect yet.</summary>
/// <param name="Changes">What it changes.</param>
/// <param name="Statements">The statements that were run, without passwords.</param>
/// <param name="Transaction">The server's id of the transaction.</param>
public sealed record MaskingCommit(IReadOnlyList<MaskingChange> Changes, IReadOnlyList<string> Statements, string Transaction);
