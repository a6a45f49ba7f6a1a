using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// What pgaudit records in effect. One resource, <c>pgaudit</c>:
/// <c>state</c> is <c>loaded</c>, or says what keeps pgaudit from running; <c>classes</c> are those that
/// <c>pgaudit.log</c> asks for once <c>all</c> is spelled out and each minus has taken its class away; <c>excluded</c>
/// those that a minus took away; <c>recorded</c> are the classes while pgaudit runs, and none while it does not.
/// Whether <c>CREATE EXTENSION pgaudit</c> was run in each database no ARM resource tells.
/// </summary>
public sealed class AuditLogging : IDerivedFacet
{
    /// <summary>The type of the resource.</summary>
    public const string FacetType = "PgSecurity/auditLogging";

    private const string Extension = "pgaudit";

    private const string Loaded = "loaded";

    /// <inheritdoc/>
    public string Type => FacetType;

    /// <inheritdoc/>
    public IReadOnlyList<string> Sources { get; } = new[] { FacetTypes.Configurations };

    /// <inheritdoc/>
    public Facet Derive(Posture posture)
    {
        (string? state, string? stateUnknown) = Running(posture);
        ResourceField setting = ServerParameter.Read(posture, "pgaudit.log");
        AuditClasses classes = AuditClasses.Parse(setting.Text ?? "");
        bool stopped = state is not null && state != Loaded;

        Fact fact = new();
        if (state is not null) fact.Set("state", state);
        else fact.SetUnknown("state", stateUnknown!);
        SetClasses(fact, "classes", classes.Included, setting.UnknownReason);
        SetClasses(fact, "excluded", classes.Excluded, setting.UnknownReason);
        if (stopped) SetClasses(fact, "recorded", Array.Empty<string>(), null);
        else SetClasses(fact, "recorded", classes.Included, stateUnknown ?? setting.UnknownReason);
        return new Facet(Type, new[] { fact.ToResource(posture, Type, Extension) });
    }

    /// <summary>What keeps pgaudit from running; a part that is known to do so decides, whatever the others are.</summary>
    private static (string? State, string? Unknown) Running(Posture posture)
    {
        ResourceField allowed = ServerParameter.Read(posture, "azure.extensions");
        ResourceField preloaded = ServerParameter.Read(posture, "shared_preload_libraries");
        ResourceField pending = ServerParameter.Read(posture, "shared_preload_libraries", "isConfigPendingRestart");

        List<string> obstacles = new();
        if (Lists(allowed) == Truth.False) obstacles.Add("not allowed in azure.extensions");
        if (Lists(preloaded) == Truth.False) obstacles.Add("not in shared_preload_libraries");
        else if (pending.Is("true") == Truth.True) obstacles.Add("shared_preload_libraries waits for a restart");

        if (obstacles.Count > 0) return (string.Join("; ", obstacles), null);
        string? unknown = allowed.UnknownReason ?? preloaded.UnknownReason ?? pending.UnknownReason;
        return unknown is null ? (Loaded, null) : (null, unknown);
    }

    private static Truth Lists(ResourceField list) =>
        list.IsUnknown ? Truth.Unknown : ParameterLists.Members(list.Text).Contains(Extension).ToTruth();

    private static void SetClasses(Fact fact, string name, IReadOnlyList<string> classes, string? unknown)
    {
        if (unknown is null) fact.Set(name, classes);
        else fact.SetUnknown(name, unknown);
    }
}
