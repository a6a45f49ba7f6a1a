using System;

namespace PgSecurity.Sandbox;

/// <summary>
/// Behaviours of the service that surprise a client, each as it was recorded or reported, to be switched off one by one.
/// Those that the service shows always are on; those that it shows at times are off and said so.
/// </summary>
public sealed class SandboxQuirks
{
    /// <summary>
    /// One write at a time for a primary and all its replicas, over every child type; another one is accepted with 202
    /// and its poll then says <c>Failed</c>. Recorded in sessions of azure-service-operator.
    /// </summary>
    public bool OneWritePerServerGroup { get; set; } = true;

    /// <summary>
    /// Whether the failure of a write on a busy server comes in its several spellings (<c>ServerIsBusy</c>,
    /// <c>ServerBusy</c>, <c>ProvisioningServerBusy</c>, an empty code), chosen by the seed. All recorded.
    /// </summary>
    public bool ManyBusySpellings { get; set; } = true;

    /// <summary>
    /// How long a server stays busy after an operation has succeeded. The service does this at times
    /// (terraform-provider-azurerm#28298), so it is zero unless it is set.
    /// </summary>
    public TimeSpan BusyAfterSuccess { get; set; } = TimeSpan.Zero;

    /// <summary>Firewall rules of one server may be written at the same time, others not (terraform-provider-azurerm#19953).</summary>
    public bool FirewallRulesInParallel { get; set; } = true;

    /// <summary>A replica or a private endpoint that is made puts its source into Updating (terraform-provider-azurerm#29337).</summary>
    public bool NewReplicaBusiesPrimary { get; set; } = true;

    /// <summary>With API 2026-01-01-preview a static parameter's write succeeds and changes nothing (bicep-registry-modules#7270).</summary>
    public bool PreviewDropsStaticParameters { get; set; } = true;

    /// <summary>With API 2026-01-01-preview a server without a local login is refused (bicep-types-az#2779).</summary>
    public bool PreviewRefusesEntraOnly { get; set; } = true;

    /// <summary>A PUT of a parameter without a value ends in <c>InternalServerError</c> (azure-rest-api-specs#30143).</summary>
    public bool EmptyParameterPutFails { get; set; } = true;

    /// <summary>A parameter that was set back to its default keeps the source <c>user-override</c> (azure-cli, parameter commands).</summary>
    public bool ResetKeepsUserOverride { get; set; } = true;

    /// <summary>A read-only parameter's write ends in <c>OperationFailed</c> with the message <c>{0}</c> (pulumi-azure-native#898).</summary>
    public bool ReadOnlyParameterMessageIsEmpty { get; set; } = true;

    /// <summary>A stopped server's parameters are refused with 400 <c>ServerStoppedError</c> (steampipe-plugin-azure#1015).</summary>
    public bool StoppedServerRefusesParameters { get; set; } = true;

    /// <summary>A parameter of a server that is being made is answered with 500 (azure-rest-api-specs#20424).</summary>
    public bool ParametersFailWhileProvisioning { get; set; } = true;

    /// <summary>A server that is being made is not found at first, while its operation is in progress (azure-rest-api-specs#33173).</summary>
    public bool NotFoundWhileCreating { get; set; } = true;

    /// <summary>Storage and backup retention in one PATCH: the retention is dropped without a word (azure-rest-api-specs#22867).</summary>
    public bool StorageDropsRetention { get; set; } = true;

    /// <summary>The geo key of a PATCH is dropped without a word unless the primary key and identity are sent with it (azure-cli#30948).</summary>
    public bool GeoKeyNeedsPrimaryKey { get; set; } = true;

    /// <summary>A key address without a version ends in <c>InternalServerError</c> with APIs before 2025-08-01 (terraform-provider-azurerm#28981).</summary>
    public bool OldApiRefusesVersionlessKey { get; set; } = true;

    /// <summary>
    /// For how long after a change of the authentication administrators are refused with
    /// <c>AadAuthOperationCannotBePerformedWhenServerIsNotAccessible</c> (apg#127: in four of five runs).
    /// </summary>
    public TimeSpan AdministratorsRefusedAfterAuthChange { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>A tier that leaves Burstable and high availability in one PATCH fail together (terraform-provider-azurerm#27612).</summary>
    public bool TierAndHighAvailabilityTogetherFail { get; set; } = true;

    /// <summary>A switchover without <c>sourceServerResourceId</c> is refused (azure-cli#33776).</summary>
    public bool SwitchoverNeedsSource { get; set; } = true;

    /// <summary><c>/replicas</c> gives stubs with made-up values, whatever the replica really has. Recorded.</summary>
    public bool ReplicaListGivesStubs { get; set; } = true;

    /// <summary>A parameter's id has <c>serversv2</c> in it (azure-rest-api-specs#13816; of 2021, so off).</summary>
    public bool OddParameterIds { get; set; }

    /// <summary>
    /// Lists begin with an empty page that has a <c>nextLink</c>. Recorded for vaults; off, since most lists do not.
    /// </summary>
    public bool EmptyFirstPages { get; set; }
}
