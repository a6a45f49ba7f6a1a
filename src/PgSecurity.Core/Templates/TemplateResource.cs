using System.Collections.Generic;
using System.Text.Json;

namespace PgSecurity.Core.Templates;

/// <summary>One resource that a template deploys, or names as existing.</summary>
internal sealed class TemplateResource
{
    /// <summary>The id, in a made-up place, with stand-ins for what is not known.</summary>
    public required string Id { get; init; }

    /// <summary>The full type.</summary>
    public required string Type { get; init; }

    /// <summary>The last part of the name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether <see cref="Name"/> is the real name, not a stand-in.</summary>
    public required bool IsNameKnown { get; init; }

    /// <summary>Whether the template only refers to it.</summary>
    public required bool IsExisting { get; init; }

    /// <summary>The conditions and loops that decide whether it is deployed and cannot be told, as they are written.</summary>
    public required IReadOnlyCollection<string> OpenConditions { get; init; }

    /// <summary>The resource in ARM's shape, expressions replaced.</summary>
    public required JsonElement Body { get; init; }
}
