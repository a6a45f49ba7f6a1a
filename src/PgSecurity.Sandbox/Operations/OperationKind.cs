using System;

namespace PgSecurity.Sandbox.Operations;

/// <summary>A kind of operation: the name that the 202 gives, the pause it asks for and the time it takes.</summary>
/// <param name="Name">The name in the 202's body. Recorded, but for those that say otherwise where they are listed.</param>
/// <param name="RetryAfter">The pause in seconds.</param>
/// <param name="Duration">How long it takes.</param>
/// <param name="Busies">Whether no other write runs beside it.</param>
internal sealed record OperationKind(string Name, int RetryAfter, TimeSpan Duration, bool Busies = true);

/// <summary>The kinds of operation of flexible servers, with the pauses of recorded traffic.</summary>
internal static class OperationKinds
{
    internal static readonly OperationKind CreateServer = Kind("UpsertServerManagementOperationV2", 60, 300);
    internal static readonly OperationKind UpdateServer = Kind("UpsertServerManagementOperationV2", 60, 120);
    internal static readonly OperationKind CreateReplica = Kind("CreateReadReplicaManagementOperation", 60, 300);
    internal static readonly OperationKind RestoreServer = Kind("RestoreSnapshotManagementOperation", 60, 300);
    internal static readonly OperationKind PromoteReplica = Kind("PromoteReadReplicaManagementOperation", 60, 120);
    internal static readonly OperationKind SwitchOver = Kind("ReadReplicaSiteSwapManagementOperation", 60, 300);
    internal static readonly OperationKind DropServer = Kind("DropServerManagementOperation", 15, 30);
    internal static readonly OperationKind DropReplica = Kind("DropReadReplicaManagementOperation", 15, 30);
    internal static readonly OperationKind Restart = Kind("RestartServerManagementOperation", 15, 45);
    internal static readonly OperationKind Start = Kind("StartServerManagementOperation", 15, 60);
    internal static readonly OperationKind Stop = Kind("StopServerManagementOperation", 15, 60);
    internal static readonly OperationKind UpdateParameter = Kind("UpdateOrcasServerParameterManagementOperation", 10, 10);
    internal static readonly OperationKind UpsertFirewallRule = Kind("UpsertServerFirewallRulesManagementOperation", 60, 60);
    internal static readonly OperationKind DropFirewallRule = Kind("DropServerFirewallRulesManagementOperation", 60, 60);
    internal static readonly OperationKind UpsertAdministrator = Kind("UpsertAadAuthPrincipalManagementOperation", 60, 60);
    internal static readonly OperationKind DropAdministrator = Kind("DropAadAuthPrincipalManagementOperation", 30, 30);
    internal static readonly OperationKind UpsertThreatProtection = Kind("UpsertThreatProtectionStateOperation", 10, 10);
    internal static readonly OperationKind CreateBackup = Kind("SnapshotManagementOperation", 15, 120);
    internal static readonly OperationKind DropBackup = Kind("DropSnapshotManagementOperation", 15, 15);
    internal static readonly OperationKind LongTermBackup = Kind("LongTermRetentionBackupManagementOperation", 15, 300);
    internal static readonly OperationKind UpsertVirtualEndpoint = Kind("VirtualEndpointCreateManagementOperation", 60, 60);
    internal static readonly OperationKind UpdateVirtualEndpoint = Kind("VirtualEndpointUpdateManagementOperation", 60, 60);
    internal static readonly OperationKind DropVirtualEndpoint = Kind("VirtualEndpointDropManagementOperation", 60, 30);
    internal static readonly OperationKind UpsertDatabase = Kind("UpsertServerDatabaseManagementOperation", 10, 10);
    internal static readonly OperationKind DropDatabase = Kind("DropServerDatabaseManagementOperation", 10, 10);
    internal static readonly OperationKind UpsertConnection = Kind("UpsertPrivateEndpointConnectionManagementOperation", 10, 20);
    internal static readonly OperationKind DropConnection = Kind("DropPrivateEndpointConnectionManagementOperation", 10, 20);

    private static OperationKind Kind(string name, int retryAfter, int seconds) =>
        new(name, retryAfter, TimeSpan.FromSeconds(seconds));
}
