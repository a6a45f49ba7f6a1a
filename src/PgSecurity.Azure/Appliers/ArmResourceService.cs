using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Arm;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Azure.Appliers;

/// <summary>The road of a change on Azure Resource Manager: reads, and writes that are followed to the end of their operation.</summary>
public sealed class ArmResourceService : IResourceService
{
    private const string AuthenticationSettles = "AadAuthOperationCannotBePerformedWhenServerIsNotAccessible";

    /// <summary>The message that the service forgets to fill in, as when a read-only parameter is written (pulumi-azure-native#898).</summary>
    private const string Unfilled = "{0}";

    private const string ReadOnlyHint = "the service gives no reason ('{0}'), as it does where a read-only parameter is written";

    private readonly ArmClient _client;

    /// <summary>Makes the service.</summary>
    public ArmResourceService(ArmClient client) => _client = client;

    /// <inheritdoc/>
    public async Task<JsonElement?> FindAsync(string id, CancellationToken stop)
    {
        try
        {
            return await _client.FindAsync(id, stop).ConfigureAwait(false);
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
            ArmWriteResult result = method switch
            {
                WriteMethod.Patch => await _client.PatchAsync(id, body!, stop).ConfigureAwait(false),
                WriteMethod.Put => await _client.PutAsync(id, body, stop).ConfigureAwait(false),
                WriteMethod.Post => await _client.PostAsync(id, body, stop).ConfigureAwait(false),
                _ => await _client.DeleteAsync(id, stop).ConfigureAwait(false),
            };
            return new WriteReceipt(result.RequestId, result.OperationId);
        }
        catch (ArmException error)
        {
            throw FaultOf(error);
        }
    }

    private static ServiceFault FaultOf(ArmException error) =>
        new(error.Fault.Code, MessageOf(error.Fault), RetryOf(error.Fault), error)
        {
            MayHaveTakenEffect = error.Fault.MayHaveTakenEffect,
            HadNoEffect = !error.Fault.MayHaveTakenEffect && (error.Fault.Status is >= 400 and < 500 || ArmFaultCodes.IsBusy(error.Fault.Code, error.Fault.Message)),
            RequestId = error.Fault.RequestId,
        };

    private static string MessageOf(ArmFault fault)
    {
        string code = fault.Code.Length > 0 ? fault.Code + ": " : "";
        string status = fault.Status >= 300 ? fault.Status + " " : "";
        string missing = fault.MissingAction is null ? "" : $" Missing action: {fault.MissingAction}.";
        string message = fault.Message.Trim() == Unfilled ? ReadOnlyHint : fault.Message.TrimEnd('.', ' ');
        return $"{status}{code}{message}.{missing}";
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
