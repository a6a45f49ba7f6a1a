using System;
using System.Text;
using System.Threading.Tasks;
using PgSecurity.Database.Tests.Lab;
using Xunit;

namespace PgSecurity.Tests.Databases;

/// <summary>A PostgreSQL whose roles have texts of a token's form and length as their password.</summary>
public sealed class TokenLab : IAsyncLifetime
{
    public const string Person = "person@contoso.com";

    public LabCluster Cluster { get; private set; } = null!;

    /// <summary>As long as a real one: about 1,800 characters.</summary>
    public string Token { get; } = Part("{\"typ\":\"JWT\",\"alg\":\"RS256\"}") + "." + Part($"{{\"upn\":\"{Person}\",\"pad\":\"{Guid.NewGuid():N}{new string('p', 1000)}\"}}") + "." + Part(Guid.NewGuid().ToString("N") + new string('s', 200));

    public static string Part(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public async Task InitializeAsync()
    {
        if (PostgresInstallation.SkipReason is not null) return;
        Cluster = await LabCluster.StartEmptyAsync(PostgresInstallation.System());
        foreach (string role in new[] { Person, "audit-automation" })
        {
            await Cluster.RunSqlAsync("postgres", $"create role \"{role}\" login password '{Token}' in role pg_monitor");
        }
    }

    public async Task DisposeAsync()
    {
        if (Cluster is not null) await Cluster.DisposeAsync();
    }
}
