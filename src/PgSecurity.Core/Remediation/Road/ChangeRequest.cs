using System;
using System.Collections.Generic;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Road;

/// <summary>What is wanted of one server: that controls pass, or changes as such.</summary>
public sealed class ChangeRequest
{
    /// <summary>Controls that are to pass.</summary>
    public ChangeRequest(ServerId server, IReadOnlyList<CompiledControl> controls)
    {
        Server = server;
        Controls = controls;
    }

    /// <summary>Changes as such.</summary>
    /// <param name="server">The server.</param>
    /// <param name="facets">The facets that they need beside those of the guards.</param>
    /// <param name="changes">Makes the changes of the server as it is.</param>
    public ChangeRequest(ServerId server, IReadOnlyList<string> facets, Func<Posture, IReadOnlyList<ChangeItem>> changes)
    {
        Server = server;
        Facets = facets;
        Changes = changes;
    }

    /// <summary>The server.</summary>
    public ServerId Server { get; }

    /// <summary>The controls.</summary>
    public IReadOnlyList<CompiledControl> Controls { get; } = Array.Empty<CompiledControl>();

    /// <summary>The facets needed beside those of guards and controls.</summary>
    public IReadOnlyList<string> Facets { get; } = Array.Empty<string>();

    /// <summary>What is read beside the server, for guards and for making the changes.</summary>
    public Surroundings Surroundings { get; init; } = Surroundings.None;

    /// <summary>Makes the changes; null where controls are to pass.</summary>
    public Func<Posture, IReadOnlyList<ChangeItem>>? Changes { get; }
}
