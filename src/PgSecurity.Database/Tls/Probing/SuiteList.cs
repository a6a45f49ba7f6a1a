using System.Collections.Generic;

namespace PgSecurity.Database.Tls.Probing;

/// <summary>The cipher suites that a server takes in one version.</summary>
/// <param name="Suites">Their names, in the server's order.</param>
/// <param name="Gap">Why there may be more; null where the list is complete.</param>
internal sealed record SuiteList(IReadOnlyList<string> Suites, string? Gap);
