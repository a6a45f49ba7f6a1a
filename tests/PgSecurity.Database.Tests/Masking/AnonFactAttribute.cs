using System.IO;
using System.Linq;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Database.Tests.Masking;

/// <summary>A test that needs PostgreSQL Anonymizer 2; skipped by name where the server does not offer it.</summary>
public sealed class AnonFactAttribute : FactAttribute
{
    public AnonFactAttribute()
    {
        Skip = PostgresInstallation.SkipReason ?? (IsOffered() ? null : "This PostgreSQL does not offer the extension anon.");
    }

    private static bool IsOffered()
    {
        string share = PostgresInstallation.System().Bin.Replace("/lib/postgresql/", "/share/postgresql/", System.StringComparison.Ordinal);
        string folder = Path.Combine(Path.GetDirectoryName(share)!, "extension");
        return Directory.Exists(folder) && Directory.EnumerateFiles(folder, "anon--2*.sql").Any();
    }
}
