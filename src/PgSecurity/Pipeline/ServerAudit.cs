using System;
using System.Collections.Generic;

namespace PgSecurity.Pipeline;

/// <summary>What the evaluation of one server came to: its findings, or why there are none.</summary>
/// <param name="Server">The server's id.</param>
/// <param name="Findings">One finding a control.</param>
/// <param name="Failure">What went wrong, or null.</param>
internal sealed record ServerAudit(string Server, IReadOnlyList<Finding> Findings, Exception? Failure);
