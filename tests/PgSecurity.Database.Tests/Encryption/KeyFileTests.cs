using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Database.Encryption;
using Xunit;

namespace PgSecurity.Database.Tests.Encryption;

public sealed class KeyFileTests : IDisposable
{
    private const string Column = "shop.public.customers.ssn";
    private readonly string _folder = Directory.CreateTempSubdirectory("pgsecurity-keys-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_key_survives_its_file()
    {
        using LocalKeyWrapper wrapper = LocalKeyWrapper.OpenOrCreate(At("local.json"));
        KeyFile file = await KeyFile.CreateAsync(Column, wrapper, 12, DateTimeOffset.UtcNow, default);
        File.WriteAllText(At("key.json"), file.ToJson());
        KeyFile read = KeyFile.Load(At("key.json"));
        using LocalKeyWrapper again = LocalKeyWrapper.Open(At("local.json"));
        using DataKey key = await read.OpenAsync(again, default);
        using SearchIndex index = await read.OpenIndexAsync(again, default);
        Assert.Equal((file.KeyId, Column, 12), (key.Id, read.Column, read.IndexBits));
        Assert.Equal(4, index.Of("x").Length);
    }

    [Fact]
    public async Task A_new_wrapping_key_leaves_every_value_as_it_is()
    {
        using LocalKeyWrapper old = LocalKeyWrapper.OpenOrCreate(At("old.json"));
        using LocalKeyWrapper next = LocalKeyWrapper.OpenOrCreate(At("next.json"));
        KeyFile file = await KeyFile.CreateAsync(Column, old, 16, DateTimeOffset.UtcNow, default);
        byte[] value;
        using (DataKey key = await file.OpenAsync(old, default)) value = ProtectedValue.Protect("x"u8, ValueKind.Text, key, null);

        KeyFile rewrapped = await file.RewrapAsync(old, next, default);
        using DataKey same = await rewrapped.OpenAsync(next, default);
        Assert.Equal("x"u8.ToArray(), ProtectedValue.Unprotect(value, [same], null).Value);
        using SearchIndex before = await file.OpenIndexAsync(old, default);
        using SearchIndex after = await rewrapped.OpenIndexAsync(next, default);
        Assert.Equal(before.Of("y"), after.Of("y"));
        await Assert.ThrowsAsync<EncryptionException>(() => rewrapped.OpenAsync(old, default));
    }

    [Fact]
    public async Task Another_key_in_the_place_of_one_is_refused()
    {
        using LocalKeyWrapper wrapper = LocalKeyWrapper.OpenOrCreate(At("local.json"));
        KeyFile one = await KeyFile.CreateAsync(Column, wrapper, 0, DateTimeOffset.UtcNow, default);
        KeyFile two = await KeyFile.CreateAsync(Column, wrapper, 0, DateTimeOffset.UtcNow, default);
        await Assert.ThrowsAsync<EncryptionException>(() => (one with { Key = two.Key }).OpenAsync(wrapper, default));
        await Assert.ThrowsAsync<EncryptionException>(() => (one with { Column = "other" }).OpenAsync(wrapper, default));
        byte[] changed = (byte[])one.Key.Value.Clone();
        changed[20] ^= 1;
        await Assert.ThrowsAsync<EncryptionException>(() => (one with { Key = one.Key with { Value = changed } }).OpenAsync(wrapper, default));
        await Assert.ThrowsAsync<EncryptionException>(() => (one with { Key = one.Key with { Value = [1] } }).OpenAsync(wrapper, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"schema\":\"pgsecurity/encryption-key/9\"}")]
    [InlineData("{\"schema\":\"pgsecurity/encryption-key/1\",\"keyId\":\"\"}")]
    public void A_file_that_is_none_is_told(string text)
    {
        File.WriteAllText(At("key.json"), text);
        Assert.NotEmpty(Assert.Throws<EncryptionException>(() => KeyFile.Load(At("key.json"))).Advice);
        Assert.Throws<EncryptionException>(() => LocalKeyWrapper.Open(At("key.json")));
    }

    [Fact]
    public void A_local_key_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        LocalKeyWrapper.OpenOrCreate(At("local.json")).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(At("local.json")));
    }

    [Fact]
    public async Task Key_Vault_wraps_and_unwraps_with_the_version_that_it_named()
    {
        using Vault vault = new();
        KeyVaultWrapper wrapper = new(Vault.Key, _ => Task.FromResult("token-for-test"), new HttpClient(vault));
        KeyFile file = await KeyFile.CreateAsync(Column, wrapper, 0, DateTimeOffset.UtcNow, default);
        Assert.Equal(Vault.Key + "/v1", file.Key.WrappingKey);
        vault.Version = "v2";
        using DataKey key = await file.OpenAsync(wrapper, default);
        Assert.Equal(file.KeyId, key.Id);
        Assert.EndsWith("/keys/wrap/v1/unwrapkey?api-version=7.4", vault.LastUri, StringComparison.Ordinal);
        Assert.DoesNotContain("token-for-test", file.ToJson(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://v.vault.azure.net/keys/wrap")]
    [InlineData("https://v.vault.azure.net.evil.example/keys/wrap")]
    [InlineData("https://evil.example/keys/wrap")]
    [InlineData("https://v.vault.azure.net/secrets/wrap")]
    [InlineData("https://v.vault.azure.net:444/keys/wrap")]
    [InlineData("https://u@v.vault.azure.net/keys/wrap")]
    [InlineData("wrap")]
    public void A_token_goes_to_vaults_of_Azure_alone(string key) =>
        Assert.Throws<EncryptionException>(() => new KeyVaultWrapper(key, _ => throw new InvalidOperationException("asked for a token"), new HttpClient()));

    [Fact]
    public async Task A_key_file_that_names_another_key_is_refused_before_anything_is_sent()
    {
        using Vault vault = new();
        KeyVaultWrapper wrapper = new(Vault.Key, _ => Task.FromResult("t"), new HttpClient(vault));
        KeyFile file = await KeyFile.CreateAsync(Column, wrapper, 0, DateTimeOffset.UtcNow, default);
        int sent = vault.Requests;
        foreach (string other in new[] { "https://other.vault.azure.net/keys/wrap/v1", "https://v.vault.azure.net/keys/wrapped/v1" })
        {
            await Assert.ThrowsAsync<EncryptionException>(() => (file with { Key = file.Key with { WrappingKey = other } }).OpenAsync(wrapper, default));
        }

        Assert.Equal(sent, vault.Requests);
    }

    [Fact]
    public async Task A_refusal_says_what_is_needed_and_holds_no_secret()
    {
        using Vault vault = new() { Status = HttpStatusCode.Forbidden };
        KeyVaultWrapper wrapper = new(Vault.Key, _ => Task.FromResult("token-for-test"), new HttpClient(vault));
        EncryptionException refused = await Assert.ThrowsAsync<EncryptionException>(() => KeyFile.CreateAsync(Column, wrapper, 0, DateTimeOffset.UtcNow, default));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token-for-test", refused.ToString() + refused.Advice, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>Key Vault in a few lines: an RSA key, and the two operations as its REST API has them.</summary>
    private sealed class Vault : HttpMessageHandler
    {
        public const string Key = "https://v.vault.azure.net/keys/wrap";
        private readonly RSA _key = RSA.Create(2048);

        public string Version { get; set; } = "v1";

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public int Requests { get; private set; }

        public string LastUri { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            LastUri = request.RequestUri!.ToString();
            if (Status != HttpStatusCode.OK || request.Headers.Authorization?.Scheme != "Bearer") return new HttpResponseMessage(Status);
            using JsonDocument body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            Assert.Equal("RSA-OAEP-256", body.RootElement.GetProperty("alg").GetString());
            string text = body.RootElement.GetProperty("value").GetString()!.Replace('-', '+').Replace('_', '/');
            byte[] value = Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
            string path = request.RequestUri.AbsolutePath;
            byte[] result = path.EndsWith("/unwrapkey", StringComparison.Ordinal) ? _key.Decrypt(value, RSAEncryptionPadding.OaepSHA256) : _key.Encrypt(value, RSAEncryptionPadding.OaepSHA256);
            string version = path.Split('/').Length == 5 ? path.Split('/')[3] : Version;
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(
                    JsonSerializer.Serialize(new { kid = $"{Key}/{version}", value = Convert.ToBase64String(result).TrimEnd('=').Replace('+', '-').Replace('/', '_') }), Encoding.UTF8, "application/json"),
            };
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _key.Dispose();
            base.Dispose(disposing);
        }
    }
}
