using System;

namespace PgSecurity.Core.Expressions;

/// <summary>
/// A function that cannot give a value for its arguments. It never leaves the evaluation: the call becomes unknown, with
/// this as the reason. The message names kinds and positions, never values, which may be secret.
/// </summary>
internal sealed class FunctionFailure(string message) : Exception(message);
