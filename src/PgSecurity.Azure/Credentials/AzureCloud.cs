using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Azure.Credentials;

/// <summary>
/// Where a cloud's services are. The addresses are those of the Azure CLI (<c>azure/cli/core/cloud.py</c>).
/// </summary>
/// <param name="Name">The name, as Az and the CLI have it.</param>
/// <param name="ResourceManager">Azure Resource Manager.</param>
/// <param name="Authority">Where tokens are asked for.</param>
/// <param name="Graph">Microsoft Graph.</param>
/// <param name="DatabaseAudience">The audience of tokens for PostgreSQL.</param>
/// <param name="DatabaseSuffix">The end of a flexible server's host name.</param>
/// <param name="VaultSuffix">The end of a vault's host name.</param>
public sealed record AzureCloud(string Name, Uri ResourceManager, Uri Authority, Uri Graph, string DatabaseAudience, string DatabaseSuffix, string VaultSuffix)
{
    /// <summary>The public cloud.</summary>
    public static AzureCloud Public { get; } = new(
        "AzureCloud",
        new Uri("https://management.azure.com/"),
        new Uri("https://login.microsoftonline.com/"),
        new Uri("https://graph.microsoft.com/"),
        "https://ossrdbms-aad.database.windows.net",
        ".postgres.database.azure.com",
        ".vault.azure.net");

    /// <summary>Azure Government.</summary>
    public static AzureCloud Government { get; } = new(
        "AzureUSGovernment",
        new Uri("https://management.usgovcloudapi.net/"),
        new Uri("https://login.microsoftonline.us/"),
        new Uri("https://graph.microsoft.us/"),
        "https://ossrdbms-aad.database.usgovcloudapi.net",
        ".postgres.database.usgovcloudapi.net",
        ".vault.usgovcloudapi.net");

    /// <summary>Azure in China, operated by 21Vianet.</summary>
    public static AzureCloud China { get; } = new(
        "AzureChinaCloud",
        new Uri("https://management.chinacloudapi.cn/"),
        new Uri("https://login.chinacloudapi.cn/"),
        new Uri("https://microsoftgraph.chinacloudapi.cn/"),
        "https://ossrdbms-aad.database.chinacloudapi.cn",
        ".postgres.database.chinacloudapi.cn",
        ".vault.azure.cn");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AzureCloud> All { get; } = new[] { Public, Government, China };

    /// <summary>The end of a managed HSM's host name.</summary>
    public string ManagedHsmSuffix => ".managedhsm" + VaultSuffix.Substring(".vault".Length);

    /// <summary>Whether a host is a vault or a managed HSM of this cloud: a token for it goes nowhere else.</summary>
    public bool OwnsVault(string host) =>
        host.EndsWith(VaultSuffix, StringComparison.OrdinalIgnoreCase) || host.EndsWith(ManagedHsmSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>The scope of tokens for the data plane of a vault or managed HSM.</summary>
    /// <param name="host">Its host name.</param>
    public string VaultScope(string host) =>
        "https://" + (host.EndsWith(ManagedHsmSuffix, StringComparison.OrdinalIgnoreCase) ? ManagedHsmSuffix : VaultSuffix).Substring(1) + "/.default";

    /// <summary>The cloud of a name (case-insensitive); null where there is none.</summary>
    public static AzureCloud? Find(string name) => All.FirstOrDefault(cloud => string.Equals(cloud.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The scope of tokens for Resource Manager.</summary>
    public string ResourceManagerScope => ResourceManager.AbsoluteUri + ".default";

    /// <summary>The scope of tokens for Microsoft Graph.</summary>
    public string GraphScope => Graph.AbsoluteUri + ".default";

    /// <summary>The scope of tokens for PostgreSQL.</summary>
    public string DatabaseScope => DatabaseAudience + "/.default";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
