using System;
using System.Collections.Generic;

namespace PgSecurity.Azure.Credentials;

/// <summary>Where a managed identity's tokens come from: the environment says so, or it is the address of Azure's virtual machines.</summary>
/// <param name="Name">What it is, for messages.</param>
/// <param name="Address">The address, without the query.</param>
/// <param name="ApiVersion">The version to ask for.</param>
/// <param name="Headers">What a request must carry.</param>
/// <param name="ClientIdName">How the query names a user-assigned identity.</param>
public sealed record ManagedIdentityEndpoint(
    string Name, Uri Address, string ApiVersion, IReadOnlyDictionary<string, string> Headers, string ClientIdName)
{
    /// <summary>The folder with the key files by which Azure Arc has a caller prove that it is an administrator; null elsewhere.</summary>
    public string? KeyFolder { get; init; }

    /// <summary>The instance metadata service of virtual machines; a link-local address that nothing outside the machine answers at.</summary>
    public static ManagedIdentityEndpoint Imds { get; } = new(
        "managed identity (virtual machine)",
        new Uri("http://169.254.169.254/metadata/identity/oauth2/token"),
        "2018-02-01",
        new Dictionary<string, string> { ["Metadata"] = "true" },
        "client_id");

    /// <summary>
    /// The endpoint that the environment names: <c>IDENTITY_ENDPOINT</c> with <c>IDENTITY_HEADER</c> (Azure Automation, App
    /// Service, Container Apps), <c>IDENTITY_ENDPOINT</c> with <c>IMDS_ENDPOINT</c> (Azure Arc, on which hybrid workers outside
    /// Azure run), or <c>MSI_ENDPOINT</c> with <c>MSI_SECRET</c> (older hosts and hybrid workers). Null where it names none.
    /// </summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static ManagedIdentityEndpoint? FromEnvironment(Func<string, string?> variable)
    {
        if (Uri.TryCreate(variable("IDENTITY_ENDPOINT"), UriKind.Absolute, out Uri? address) && variable("IDENTITY_HEADER") is { Length: > 0 } header)
        {
            return new ManagedIdentityEndpoint(
                "managed identity (IDENTITY_ENDPOINT)",
                address,
                "2019-08-01",
                new Dictionary<string, string> { ["X-IDENTITY-HEADER"] = header, ["Metadata"] = "true" },
                "client_id");
        }

        if (address is not null && variable("IMDS_ENDPOINT") is { Length: > 0 })
        {
            return new ManagedIdentityEndpoint(
                "managed identity (Azure Arc)",
                address,
                "2019-11-01",
                new Dictionary<string, string> { ["Metadata"] = "true" },
                "client_id") { KeyFolder = ArcProof.Folder };
        }

        if (Uri.TryCreate(variable("MSI_ENDPOINT"), UriKind.Absolute, out address) && variable("MSI_SECRET") is { Length: > 0 } secret)
        {
            return new ManagedIdentityEndpoint(
                "managed identity (MSI_ENDPOINT)",
                address,
                "2017-09-01",
                new Dictionary<string, string> { ["secret"] = secret, ["Metadata"] = "true" },
                "clientid");
        }

        return null;
    }
}
