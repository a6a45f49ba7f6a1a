using System.Text.Json;

namespace PgSecurity.Core.Controls;

/// <summary>A condition that must hold for a control to concern a server at all.</summary>
/// <param name="Condition">The condition, in the policy language.</param>
/// <param name="Type">The type of the resources of which one must meet it; null for the server.</param>
/// <param name="Reason">Why the control does not concern a server that does not meet it.</param>
public sealed record Applicability(JsonElement Condition, string? Type, string Reason);
