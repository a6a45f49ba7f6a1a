using System.Linq;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class IneffectiveSettingsTests
{
    [Fact]
    public void A_live_server_has_none()
    {
        Facet settings = Derivation.Of(IneffectiveSettings.FacetType);

        Assert.True(settings.IsComplete);
        Assert.Empty(settings.Resources);
    }

    [Fact]
    public void Names_of_the_single_server_are_found_with_what_to_use_instead()
    {
        Facet settings = Derivation.Of(IneffectiveSettings.FacetType, """
            { "server": { "properties": { "sslEnforcement": "Enabled", "minimalTlsVersion": { "$unknown": "an expression" } } },
              "parameters": { "log_retention_days": "7" } }
            """);

        Assert.Equal(new[] { "sslEnforcement", "minimalTlsVersion", "log_retention_days" }, settings.Resources.Select(setting => setting.Name));
        Assert.Contains("require_secure_transport", settings.Find("sslEnforcement")!.Property("useInstead").GetString(), System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_projection_may_hide_some() =>
        Assert.False(Derivation.Of(IneffectiveSettings.FacetType, """{ "serverGap": "a projected row" }""").IsComplete);
}
