using System;

namespace PgSecurity.Core.Policy;

/// <summary>A right-hand side that an operator cannot have; the message says what it can.</summary>
internal sealed class OperandException(string message) : Exception(message);
