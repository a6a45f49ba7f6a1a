using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Throttling;

namespace PgSecurity.Sandbox;

/// <summary>What can be set when a sandbox is made. Nothing here is read again afterwards but <see cref="Quirks"/>.</summary>
public sealed class SandboxOptions
{
    /// <summary>The seed of everything that looks random: operation ids, faults by probability, busy spellings.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How time passes.</summary>
    public SandboxPace Pace { get; set; } = SandboxPace.Instant;

    /// <summary>The clock; null for the wall clock, or, with <see cref="SandboxPace.Manual"/>, one that stands still.</summary>
    public SandboxClock? Clock { get; set; }

    /// <summary>The behaviours of the service that a client would rather not meet.</summary>
    public SandboxQuirks Quirks { get; set; } = new();

    /// <summary>How many requests are let through.</summary>
    public ThrottleLimits Throttle { get; set; } = ThrottleLimits.Generous;

    /// <summary>Whether a request without a bearer token is refused with 401, as the service does.</summary>
    public bool RequireToken { get; set; }

    /// <summary>The longest page of a list; the rest is behind <c>nextLink</c>. 1 or more.</summary>
    public int PageSize { get; set; } = 1000;

    /// <summary>
    /// The length in characters of the certificate in the signed address of an operation: 4096 as in traffic of 2026.
    /// </summary>
    public int SignedAddressLength { get; set; } = 4096;

    /// <summary>The tenant's id, for resources that carry one.</summary>
    public string TenantId { get; set; } = "72f988bf-0000-4000-8000-2d7cd011db47";

    /// <summary>The object id of whoever makes the requests, for <c>createdBy</c> and its like.</summary>
    public string CallerObjectId { get; set; } = "f5d11ebc-0000-4000-8000-5fbbfd56f7bb";

    /// <summary>
    /// The sign-in name of whoever makes the requests, as the activity log has it; null for <see cref="CallerObjectId"/>, as
    /// of an application.
    /// </summary>
    public string? Caller { get; set; }

    /// <summary>
    /// The management groups, by name, each with the ids of the subscriptions below it. The root group, whose name is the
    /// tenant's id, has all of them and need not be told.
    /// </summary>
    public IDictionary<string, IReadOnlyCollection<string>> ManagementGroups { get; } =
        new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Servers, by id, that were made before the service knew private endpoints: these are refused to them
    /// (<c>PrivateEndpointFeatureNotSupportedOnServer</c>).
    /// </summary>
    public ICollection<string> ServersWithoutPrivateLink { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The parameters that a server of a major version has, as the bodies of ARM's listing (<c>name</c> and
    /// <c>properties</c>), for servers that are made in the sandbox, whose snapshot lacks them, or that are upgraded.
    /// Null, or an empty answer, for the service's own defaults (<see cref="PgSecurity.Core.Defaults.ServiceDefaults"/>).
    /// </summary>
    public Func<string, IEnumerable<JsonObject>>? ParametersOfVersion { get; set; }
}
