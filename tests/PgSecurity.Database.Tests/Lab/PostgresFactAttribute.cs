using Xunit;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>A test that needs a PostgreSQL; see <see cref="PostgresInstallation.SkipReason"/>.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute() => Skip = PostgresInstallation.SkipReason;
}

/// <summary>A test with data that needs a PostgreSQL; see <see cref="PostgresInstallation.SkipReason"/>.</summary>
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute() => Skip = PostgresInstallation.SkipReason;
}
