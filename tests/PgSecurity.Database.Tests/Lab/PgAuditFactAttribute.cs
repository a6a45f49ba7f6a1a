using System;
using Xunit;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>A test that needs the system's PostgreSQL with pgaudit: left out by name on a machine without it, failing in CI.</summary>
public sealed class PgAuditFactAttribute : FactAttribute
{
    public PgAuditFactAttribute() => Skip = PostgresInstallation.SkipReason ?? (IsThere ? null : "This PostgreSQL does not offer pgaudit. Install it to run this test: apt-get install postgresql-15-pgaudit");

    private static bool IsThere => PostgresInstallation.System().Offers("pgaudit") || Environment.GetEnvironmentVariable("CI") is { Length: > 0 };
}
