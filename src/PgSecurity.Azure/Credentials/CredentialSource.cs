using System;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace PgSecurity.Azure.Credentials;

/// <summary>The credentials of Azure.Identity that we use, each asked for by name. Never a chain that starts processes to find one.</summary>
public static class CredentialSource
{
    /// <summary>An application with a secret.</summary>
    public static TokenCredential ClientSecret(AzureCloud cloud, string tenantId, string clientId, string secret, HttpPipelineTransport? transport = null) =>
        new ClientSecretCredential(tenantId, clientId, secret, By(new ClientSecretCredentialOptions { DisableInstanceDiscovery = transport is not null }, cloud, transport));

    /// <summary>An application with a certificate: a file of PEM or PKCS#12.</summary>
    public static TokenCredential ClientCertificate(AzureCloud cloud, string tenantId, string clientId, string path, HttpPipelineTransport? transport = null) =>
        new ClientCertificateCredential(tenantId, clientId, path, By(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = transport is not null }, cloud, transport));

    /// <summary>A workload identity: a token file of Kubernetes or another issuer, by the environment.</summary>
    public static TokenCredential WorkloadIdentity(AzureCloud cloud, string? tenantId, string? clientId, HttpPipelineTransport? transport = null)
    {
        WorkloadIdentityCredentialOptions options = By(new WorkloadIdentityCredentialOptions { DisableInstanceDiscovery = transport is not null }, cloud, transport);
        if (tenantId is not null) options.TenantId = tenantId;
        if (clientId is not null) options.ClientId = clientId;
        return new WorkloadIdentityCredential(options);
    }

    /// <summary>An application by the environment variables <c>AZURE_CLIENT_ID</c>, <c>AZURE_TENANT_ID</c> and a secret or certificate.</summary>
    public static TokenCredential Environment(AzureCloud cloud, HttpPipelineTransport? transport = null) =>
        new EnvironmentCredential(By(new EnvironmentCredentialOptions { DisableInstanceDiscovery = transport is not null }, cloud, transport));

    /// <summary>Who is signed in to the Azure CLI.</summary>
    public static TokenCredential AzureCli(string? tenantId) =>
        new AzureCliCredential(new AzureCliCredentialOptions { TenantId = tenantId, ProcessTimeout = TimeSpan.FromSeconds(30) });

    /// <summary>A person, by a code that is typed in a browser anywhere.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="tenantId">The tenant; null for the person's own.</param>
    /// <param name="show">Shows what is to be done.</param>
    public static TokenCredential DeviceCode(AzureCloud cloud, string? tenantId, Action<string> show) =>
        new DeviceCodeCredential(new DeviceCodeCredentialOptions
        {
            AuthorityHost = cloud.Authority,
            TenantId = tenantId,
            DeviceCodeCallback = (code, _) =>
            {
                show(code.Message);
                return System.Threading.Tasks.Task.CompletedTask;
            },
        });

    /// <summary>A person, in a browser on this machine.</summary>
    public static TokenCredential Browser(AzureCloud cloud, string? tenantId) =>
        new InteractiveBrowserCredential(new InteractiveBrowserCredentialOptions { AuthorityHost = cloud.Authority, TenantId = tenantId });

    // Another transport leads to another authority than Microsoft's, which has no directory of authorities to ask first.
    private static TOptions By<TOptions>(TOptions options, AzureCloud cloud, HttpPipelineTransport? transport)
        where TOptions : TokenCredentialOptions
    {
        options.AuthorityHost = cloud.Authority;
        if (transport is not null) options.Transport = transport;
        return options;
    }
}
