using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Inventory;

namespace PgSecurity.Pipeline;

/// <summary>What a live collection gives: a server, or something that could not be listed.</summary>
/// <param name="Server">The server; null where it is not about one.</param>
/// <param name="Scope">What could not be listed; null where it is about a server.</param>
/// <param name="Fault">Why it could not be listed; null where it is about a server.</param>
internal sealed record LiveItem(CollectedServer? Server, string? Scope, ArmFault? Fault);
