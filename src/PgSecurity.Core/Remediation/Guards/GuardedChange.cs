using System;
using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>A change as a guard sees it: the server before and after, and the request.</summary>
public sealed class GuardedChange
{
    /// <summary>Makes it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="before">The server before it, as last read.</param>
    /// <param name="body">What would be sent.</param>
    /// <param name="callerAddress">The address that the caller reaches the server from; null where it is not known.</param>
    public GuardedChange(TargetChange change, Posture before, JsonObject body, string? callerAddress)
    {
        Change = change;
        Before = before;
        Body = body;
        CallerAddress = callerAddress;
        Current = PostureEdit.BodyOf(before, change);
        After = change is Restart ? before : PostureEdit.With(before, change, change.Outcome(Current, body));
    }

    /// <summary>The change.</summary>
    public TargetChange Change { get; }

    /// <summary>The server before it.</summary>
    public Posture Before { get; }

    /// <summary>The server after it.</summary>
    public Posture After { get; }

    /// <summary>What would be sent.</summary>
    public JsonObject Body { get; }

    /// <summary>The resource before it; null where there is none.</summary>
    public JsonObject? Current { get; }

    /// <summary>The address that the caller reaches the server from; null where it is not known.</summary>
    public string? CallerAddress { get; }

    /// <summary>The value of a property of the server.</summary>
    public static ResourceField Server(Posture posture, string path) => ResourceField.Of(posture.Server, path);

    /// <summary>Whether a property of the server becomes a value that it did not have.</summary>
    public bool Becomes(string path, string value)
    {
        ResourceField after = Server(After, path);
        return Is(after.Text, value) && !Is(Server(Before, path).Text, value);
    }

    /// <summary>The server parameter that is changed has this name.</summary>
    public bool SetsParameter(string name) => Change is ParameterChange && Is(Change.Name, name);

    internal static bool Is(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
