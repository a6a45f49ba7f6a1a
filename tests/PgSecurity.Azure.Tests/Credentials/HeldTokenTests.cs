using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using Azure.Core;
using PgSecurity.Azure.Credentials;
using Xunit;

namespace PgSecurity.Azure.Tests.Credentials;

public sealed class HeldTokenTests
{
    private const string Scope = "https://management.azure.com/.default";
    private static readonly TokenRequestContext Request = new(new[] { Scope });

    [Fact]
    public async Task Token_is_asked_for_by_refresh_only_and_anew_before_it_ends()
    {
        List<string> asked = new();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        HeldTokenCredential credential = new("Az context", scope =>
        {
            asked.Add(scope);
            return new AccessToken("t" + asked.Count, now.AddHours(1));
        });

        await Assert.ThrowsAsync<CredentialException>(async () => await credential.GetTokenAsync(Request, default));
        credential.Refresh(new[] { Scope }, now);
        credential.Refresh(new[] { Scope }, now);
        Assert.Equal("t1", (await credential.GetTokenAsync(Request, default)).Token);
        credential.Refresh(new[] { Scope }, now.AddMinutes(55));
        Assert.Equal("t2", (await credential.GetTokenAsync(Request, default)).Token);
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public void A_login_that_gives_the_same_token_again_is_not_asked_without_end()
    {
        int asked = 0;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        HeldTokenCredential credential = new("Az context", _ =>
        {
            asked++;
            return new AccessToken("t", now.AddMinutes(6));
        });

        for (int tick = 0; tick < 100; tick++) credential.Refresh(new[] { Scope }, now.AddMilliseconds(100 * tick));
        Assert.Equal(1, asked);
        credential.Refresh(new[] { Scope }, now.AddSeconds(31));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Why_there_is_no_token_is_told()
    {
        HeldTokenCredential credential = new("Az context", _ => throw new InvalidOperationException("sign in again"));
        credential.Refresh(new[] { Scope }, DateTimeOffset.UtcNow);
        CredentialException error = await Assert.ThrowsAsync<CredentialException>(async () => await credential.GetTokenAsync(Request, default));
        Assert.Equal("Az context: sign in again", error.Message);
    }

    [Fact]
    public async Task Access_token_is_good_for_its_audience_only_and_says_who_it_is()
    {
        string claims = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"upn":"a@b.c","tid":"tenant","exp":4102444800}""")).TrimEnd('=');
        FixedTokenCredential credential = new($"h.{claims}.s", Scope);

        Assert.Equal(2100, (await credential.GetTokenAsync(Request, default)).ExpiresOn.Year);
        await Assert.ThrowsAsync<CredentialException>(async () =>
            await credential.GetTokenAsync(new TokenRequestContext(new[] { "https://graph.microsoft.com/.default" }), default));
        Assert.Equal(("a@b.c", "tenant"), (TokenClaims.Read($"h.{claims}.s")!.Account, TokenClaims.Read($"h.{claims}.s")!.TenantId));
        Assert.Null(TokenClaims.Read("opaque"));
    }
}
