using System;
using System.Text.Json.Nodes;

namespace PgSecurity.Sandbox.Operations;

/// <summary>Where an operation stands.</summary>
internal enum OperationStatus
{
    InProgress,
    Succeeded,
    Failed,
    Canceled,
}

/// <summary>One long-running operation. Used under the sandbox's lock.</summary>
internal sealed class Operation
{
    internal Operation(string id, OperationKind kind, ServerGroup group, string subscription, string location, DateTimeOffset start)
    {
        Id = id;
        Kind = kind;
        Group = group;
        Subscription = subscription;
        Location = location;
        Start = start;
        Due = start + kind.Duration;
    }

    internal string Id { get; }

    internal OperationKind Kind { get; }

    internal ServerGroup Group { get; }

    internal string Subscription { get; }

    /// <summary>The region in its display form, as it stands in the addresses: <c>UK South</c>.</summary>
    internal string Location { get; }

    internal DateTimeOffset Start { get; }

    /// <summary>When it ends, on the group's clock.</summary>
    internal DateTimeOffset Due { get; set; }

    internal OperationStatus Status { get; set; }

    /// <summary>Whether a poll has already told its end.</summary>
    internal bool EndWasSeen { get; set; }

    /// <summary>How it will end; null for success.</summary>
    internal OperationFailure? Failure { get; set; }

    /// <summary>What it does when it succeeds.</summary>
    internal Action? Effect { get; set; }

    /// <summary>What it undoes when it does not, such as the state Updating.</summary>
    internal Action? Rollback { get; set; }

    /// <summary>The status of a GET of its result address once it has succeeded.</summary>
    internal int ResultStatus { get; set; } = 200;

    /// <summary>The body of a GET of its result address; null for none.</summary>
    internal Func<JsonNode?>? Result { get; set; }

    /// <summary>The signature that both its addresses carry.</summary>
    internal string Signature { get; set; } = string.Empty;

    /// <summary>The entry in the log of writes that it settles.</summary>
    internal SandboxWrite? Write { get; set; }
}

/// <summary>Why an operation fails.</summary>
/// <param name="Code">The code; may be empty.</param>
/// <param name="Message">The message.</param>
/// <param name="IsCanceled">Whether it ends as Canceled, not Failed.</param>
internal sealed record OperationFailure(string Code, string Message, bool IsCanceled = false);
