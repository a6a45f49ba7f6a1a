using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class DisconnectPgSecurityTests(ModuleSession session) : IClassFixture<ModuleSession>
{
    [Fact]
    public void Nothing_is_left_of_the_connection_and_twice_does_no_harm() =>
        Assert.Empty(session.RunClean<SecurityContext>("$null = Connect-PgSecurity -Sandbox; Disconnect-PgSecurity; Disconnect-PgSecurity; Get-PgSecurityContext"));
}
