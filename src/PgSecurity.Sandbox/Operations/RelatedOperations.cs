using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Sandbox.Operations;

/// <summary>An operation of a provider around the servers.</summary>
internal sealed class RelatedOperation
{
    internal RelatedOperation(string id, DateTimeOffset due, Func<bool>? ready, Action effect)
    {
        Id = id;
        Due = due;
        Ready = ready;
        Effect = effect;
    }

    internal string Id { get; }

    internal DateTimeOffset Due { get; set; }

    /// <summary>What else must have happened, such as an operation of a server.</summary>
    internal Func<bool>? Ready { get; }

    internal Action Effect { get; }

    internal bool IsDone { get; set; }
}

/// <summary>
/// The operations of the providers around the servers: private endpoints, zones, groups, HSMs. With the instant pace
/// they end when somebody next looks. Used under the sandbox's lock.
/// </summary>
internal sealed class RelatedOperations
{
    private readonly Dictionary<string, RelatedOperation> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<RelatedOperation> _running = new();
    private readonly SandboxArm _arm;

    internal RelatedOperations(SandboxArm arm) => _arm = arm;

    /// <summary>Starts an operation.</summary>
    internal RelatedOperation Start(TimeSpan duration, Action effect, Func<bool>? ready = null)
    {
        DateTimeOffset now = _arm.Clock.UtcNow;
        DateTimeOffset due = _arm.Options.Pace == SandboxPace.Instant ? now : now + duration;
        RelatedOperation operation = new(_arm.NewGuid(), due, ready, effect);
        _byId[operation.Id] = operation;
        _running.Add(operation);
        return operation;
    }

    /// <summary>Lets everything end that is due.</summary>
    internal void Settle()
    {
        DateTimeOffset now = _arm.Clock.UtcNow;
        foreach (RelatedOperation operation in _running.ToArray())
        {
            if (operation.Due > now || (operation.Ready is not null && !operation.Ready())) continue;
            _running.Remove(operation);
            operation.Effect();
            operation.IsDone = true;
        }
    }

    /// <summary>The operation of an id; null where there is none.</summary>
    internal RelatedOperation? Find(string id) => _byId.TryGetValue(id, out RelatedOperation? operation) ? operation : null;

    /// <summary>Whether operations run.</summary>
    internal bool AnyRunning => _running.Any();
}
