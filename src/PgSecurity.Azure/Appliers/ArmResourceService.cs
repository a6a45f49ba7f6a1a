using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Azure.Core;
using PgSecurity.Azure.Arm;
using PgSecurity.Azure.Credentials;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Azure.Appliers;

/// <summary>The road of a change on Azure Resource Manager: reads, and writes that are followed to the end of their operation.</summary>
public sealed class ArmResourceService : IResourceService
{
    private const string AuthenticationSettles = "AadAuthOperationCannotBePerformedWhenServerIsNotAccessible";

    /// <summary>The message that the service forgets to fill in, as when a read-only parameter is written (pulumi-azure-native#898).</summary>
    private const string Unfilled = "{0}";

    private const string ReadOnlyHint = "the service gives no reason ('{0}'), as it does where a read-only parameter is written";

    /// <summary>The version of a vault's data plane; rotation policies are there since 7.3.</summary>
    private const string VaultVersion = "7.4";

    private readonly ArmClient _client;
    private readonly AzureSession? _session;

    /// <summary>Makes the service on Resource Manager alone.</summary>
    public ArmResourceService(ArmClient client) => _client = client;

    /// <summary>Makes the service on Resource Manager and on the data planes of vaults.</summary>
    public ArmResourceService(AzureSession session)
        : this(session.Arm) => _session = session;

    /// <inheritdoc/>
    public async Task<JsonElement?> FindAsync(string id, CancellationToken stop)
    {
        try
        {
            (ArmClient client, string path) = Route(id);
            return await client.FindAsync(path, stop).ConfigureAwait(false);
        }
        catch (ArmException error)
        {
            throw FaultOf(error);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string collection, CancellationToken stop)
    {
        try
        {
            ArmListing list = await _client.ListAsync(collection, stop).ConfigureAwait(false);
            return list.Fault is ArmFault fault ? throw new ServiceFault(fault.Code, fault.Reason, RetryOf(fault)) : list.Items;
        }
        catch (ArmException error)
        {
            throw FaultOf(error);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteReceipt> WriteAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop)
    {
        try
        {
            (ArmClient client, string path) = Route(id);
            ArmWriteResult result = method switch
            {
                WriteMethod.Patch => await client.PatchAsync(path, body!, stop).ConfigureAwait(false),
                WriteMethod.Put => await client.PutAsync(path, body, stop).ConfigureAwait(false),
                WriteMethod.Post => await client.PostAsync(path, body, stop).ConfigureAwait(false),
                _ => await client.DeleteAsync(path, stop).ConfigureAwait(false),
            };
            return new WriteReceipt(result.RequestId, result.OperationId);
        }
        catch (ArmException error)
        {
            throw FaultOf(error);
        }
    }

    /// <inheritdoc/>
    public async Task<WriteReceipt> StartAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop)
    {
        try
        {
            (ArmClient client, string path) = Route(id);
            ArmWriteResult result = await client.StartAsync(RequestMethod.Parse(method.ToString().ToUpperInvariant()), path, body, stop).ConfigureAwait(false);
            return new WriteReceipt(result.RequestId, result.OperationId) { IsUnderWay = result.IsUnderWay };
        }
        catch (ArmException error) when (method == WriteMethod.Delete && error.Fault is { Kind: ArmFaultKind.NotFound, Code: "ResourceNotFound" })
        {
            return new WriteReceipt(error.Fault.RequestId, null);
        }
        catch (ArmException error)
        {
            throw FaultOf(error);
        }
    }

    /// <summary>The client and the path of an id: a vault's data plane has a client of its own.</summary>
    private (ArmClient Client, string Path) Route(string id)
    {
        if (!id.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return (_client, id);
        Uri address = new(id);
        try
        {
            ArmClient vault = _session?.Vault(address.Host) ?? throw new CredentialException("This connection knows Resource Manager only");
            return (vault, $"{address.AbsolutePath}?api-version={VaultVersion}");
        }
        catch (CredentialException cannot)
        {
            throw new ServiceFault("", cannot.Message.TrimEnd('.') + ".", RetryClass.Never, cannot);
        }
    }

    private static ServiceFault FaultOf(ArmException error) =>
        new(error.Fault.Code, MessageOf(error.Fault), RetryOf(error.Fault), error)
        {
            MayHaveTakenEffect = error.Fault.MayHaveTakenEffect,
            IsUnderWay = error.Fault.IsUnderWay,
            HadNoEffect = !error.Fault.MayHaveTakenEffect && (error.Fault.Status is >= 400 and < 500 || ArmFaultCodes.IsBusy(error.Fault.Code, error.Fault.Message)),
            RequestId = error.Fault.RequestId,
        };

    private static string MessageOf(ArmFault fault)
    {
        string code = fault.Code.Length > 0 ? fault.Code + ": " : "";
        string status = fault.Status >= 300 ? fault.Status + " " : "";
        return $"{status}{code}{(fault.Message.Trim() == Unfilled ? ReadOnlyHint + "." : fault.Told)}";
    }

    private static RetryClass RetryOf(ArmFault fault)
    {
        if (string.Equals(fault.Code, AuthenticationSettles, StringComparison.OrdinalIgnoreCase)) return RetryClass.Minutes;
        return fault.Retry switch
        {
            ArmRetry.Transient => RetryClass.Transient,
            ArmRetry.NotNow => RetryClass.NotNow,
            _ => RetryClass.Never,
        };
    }
}
