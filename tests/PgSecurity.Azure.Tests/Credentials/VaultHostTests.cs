using System;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Appliers;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Remediation.Service;
using Xunit;

namespace PgSecurity.Azure.Tests.Credentials;

/// <summary>A token for vaults goes to vaults of the session's cloud, whatever a server or a journal names.</summary>
public sealed class VaultHostTests
{
    [Theory]
    [InlineData("AzureCloud", "kv.vault.azure.net", "https://vault.azure.net/.default")]
    [InlineData("AzureCloud", "hsm.managedhsm.azure.net", "https://managedhsm.azure.net/.default")]
    [InlineData("AzureUSGovernment", "kv.vault.usgovcloudapi.net", "https://vault.usgovcloudapi.net/.default")]
    [InlineData("AzureUSGovernment", "hsm.managedhsm.usgovcloudapi.net", "https://managedhsm.usgovcloudapi.net/.default")]
    [InlineData("AzureChinaCloud", "kv.vault.azure.cn", "https://vault.azure.cn/.default")]
    [InlineData("AzureChinaCloud", "hsm.managedhsm.azure.cn", "https://managedhsm.azure.cn/.default")]
    public void Each_cloud_has_vaults_and_scopes_of_its_own(string name, string host, string scope)
    {
        AzureCloud cloud = AzureCloud.Find(name)!;
        Assert.True(cloud.OwnsVault(host));
        Assert.Equal(scope, cloud.VaultScope(host));
        Assert.All(AzureCloud.All, other => Assert.Equal(other.Name == name, other.OwnsVault(host)));
    }

    [Theory]
    [InlineData("https://kv.vault.azure.net.evil.example/keys/k/rotationpolicy")]
    [InlineData("https://vault.azure.net/keys/k/rotationpolicy")]
    [InlineData("https://evilvault.azure.net/keys/k/rotationpolicy")]
    [InlineData("https://kv.vault.azure.cn/keys/k/rotationpolicy")]
    [InlineData("https://user@evil.example/.vault.azure.net/keys/k/rotationpolicy")]
    public async Task Nothing_is_sent_elsewhere(string address)
    {
        FixedCredential credential = new("token");
        ArmClient arm = new(new ArmEndpoint(new Uri("https://management.azure.com")), credential);
        AzureSession session = new(arm, null, AzureCloud.Public, "test") { VaultClients = _ => throw new InvalidOperationException("a client was made") };
        ServiceFault fault = await Assert.ThrowsAsync<ServiceFault>(() => new ArmResourceService(session).FindAsync(address, CancellationToken.None));
        Assert.Contains("is no vault of AzureCloud", fault.Message, StringComparison.Ordinal);
        Assert.Equal(0, credential.Asked);
    }
}
