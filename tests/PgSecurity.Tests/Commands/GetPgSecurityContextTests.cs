using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class GetPgSecurityContextTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Fact]
    public void It_shows_the_connection_with_its_subscriptions()
    {
        SecurityContext context = session.RunClean<SecurityContext>("$null = Connect-PgSecurity -Sandbox; Get-PgSecurityContext; Disconnect-PgSecurity").Single();
        Assert.True(context.IsSandbox);
        Assert.Equal("AzureCloud", context.Cloud);
    }
}
