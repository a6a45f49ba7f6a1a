using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>One change of a plan: what, for which controls, and what stands against it.</summary>
public sealed class ChangeItem
{
    private readonly ChangeClass? _known;

    /// <summary>Makes an item.</summary>
    public ChangeItem(TargetChange change, IEnumerable<string> controlIds)
    {
        Change = change;
        ControlIds = controlIds.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
    }

    /// <summary>The change.</summary>
    public TargetChange Change { get; }

    /// <summary>The controls that it is for.</summary>
    public IReadOnlyList<string> ControlIds { get; internal set; }

    /// <summary>What the resource was when the plan was made; null where there was none.</summary>
    public JsonObject? Current { get; internal set; }

    /// <summary>What would be sent; null where nothing is to be done.</summary>
    public JsonObject? Body { get; internal set; }

    /// <summary>What stands against it, given no consent.</summary>
    public IReadOnlyList<GuardVerdict> Verdicts { get; internal set; } = Array.Empty<GuardVerdict>();

    /// <summary>Why it is not sent; empty where it is.</summary>
    public string Refusal { get; internal set; } = "";

    /// <summary>How far it can be taken back; of a change of a journal that stays as it is, what was known when it was made.</summary>
    public ChangeClass Class { get => _known ?? Change.ClassOf(Current); init => _known = value; }

    /// <summary>The change of a journal that it takes back; empty where it takes back none.</summary>
    public string Undoes { get; init; } = "";

    /// <summary>A secret that is sent with the body and written nowhere; null where there is none.</summary>
    public Func<JsonObject, JsonObject>? AddSecret { get; init; }

    /// <summary>What the resource must still be for the change to be taken back; null where nothing is asked.</summary>
    internal Func<JsonObject?, string?>? Drift { get; init; }

    /// <summary>How the plan shows it.</summary>
    /// <param name="order">Its place, from 1.</param>
    /// <param name="risk">What the plan warns of.</param>
    public PlannedChange Show(int order, string risk)
    {
        JsonObject body = Body ?? new JsonObject();
        return new PlannedChange
        {
            ResourceId = Change.Server.Value,
            ServerName = Change.Server.Name,
            Order = order,
            ControlId = ControlIds.ToList(),
            Step = Change.Step,
            TargetId = Change.RequestId,
            Method = Change.Method.ToString().ToUpperInvariant(),
            Body = body.Count == 0 ? "" : SecretFree.Text(body),
            From = Change is Restart ? "" : Change.Describe(Current, body),
            To = Change is Restart ? "" : Change.Describe(Change.Outcome(Current, body), body),
            Class = Class,
            WillApply = Refusal.Length == 0,
            Guard = Refusal.Length > 0 ? Refusal : string.Join(" ", Verdicts.Select(verdict => verdict.ToString())),
            NeedsRestart = Change is ParameterChange && ParameterChange.IsStatic(Current),
            Risk = risk,
        };
    }
}
