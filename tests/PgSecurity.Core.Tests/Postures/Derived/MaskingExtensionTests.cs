using PgSecurity.Core.Postures;
using PgSecurity.Core.Postures.Derived;
using Xunit;

namespace PgSecurity.Core.Tests.Postures.Derived;

public class MaskingExtensionTests
{
    [Theory]
    [InlineData("""{}""", true, true)]
    [InlineData("""{ "parameters": { "azure.extensions": "PGAUDIT, Anon" } }""", true, true)]
    [InlineData("""{ "parameters": { "azure.extensions": "pgaudit" } }""", false, true)]
    [InlineData("""{ "parameters": { "shared_preload_libraries": "pg_cron" } }""", true, false)]
    public void Allowed_and_loaded_are_two_things(string changes, bool allowed, bool loaded)
    {
        Resource anon = Derivation.Only(MaskingExtension.FacetType, changes);

        Assert.True(anon.Property("offered").GetBoolean());
        Assert.Equal(allowed, anon.Property("allowed").GetBoolean());
        Assert.Equal(loaded, anon.Property("loaded").GetBoolean());
    }

    [Fact]
    public void While_a_restart_is_pending_it_is_unknown_whether_it_is_loaded() =>
        Assert.True(Derivation.Only(MaskingExtension.FacetType, """{ "parameters": { "shared_preload_libraries": { "isConfigPendingRestart": true } } }""").IsUnknown("loaded"));

    [Fact]
    public void A_server_that_cannot_have_it_is_not_offered_it() =>
        Assert.False(Derivation.Only(MaskingExtension.FacetType, """{ "parameters": { "azure.extensions": { "value": "", "allowedValues": ",citext,hstore" } } }""").Property("offered").GetBoolean());

    [Fact]
    public void A_refused_listing_leaves_everything_unknown()
    {
        Resource anon = Derivation.Only(MaskingExtension.FacetType, $$"""{ "unavailable": { "{{FacetTypes.Configurations}}": "ServerStoppedError" } }""");

        Assert.True(anon.IsUnknown("offered"));
        Assert.True(anon.IsUnknown("allowed"));
        Assert.True(anon.IsUnknown("loaded"));
    }
}
