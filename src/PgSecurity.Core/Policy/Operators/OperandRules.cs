namespace PgSecurity.Core.Policy;

/// <summary>How a right-hand side is taken.</summary>
/// <param name="IsWritten">It stands in the definition or its parameters, so that a wrong kind is an error of the definition.</param>
/// <param name="IgnoresSpaces">The left-hand side is a location.</param>
internal readonly record struct OperandRules(bool IsWritten, bool IgnoresSpaces);
