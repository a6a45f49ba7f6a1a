using System.Collections.Generic;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Policy;

namespace PgSecurity.Core.Exports.AzurePolicy;

/// <summary>A control as a definition of Azure Policy.</summary>
public sealed class ExportedPolicy
{
    /// <summary>The control.</summary>
    public required ControlDefinition Control { get; init; }

    /// <summary>The definition's name in Azure, such as <c>pgsecurity-net-001</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The definition's <c>properties</c>. Not to be changed.</summary>
    public required JsonObject Properties { get; init; }

    /// <summary>The parameters that it declares, the effect among them.</summary>
    public required IReadOnlyList<PolicyParameter> Parameters { get; init; }

    /// <summary>Whether it can repair, with the effect <c>DeployIfNotExists</c>.</summary>
    public required bool CanDeploy { get; init; }

    /// <summary>Why it cannot repair what PgSecurity can; empty where it can, or where PgSecurity cannot either.</summary>
    public string WhyNoDeployment { get; init; } = "";

    /// <summary>What an administrator should know before assigning it: what is unverified, where Azure Policy differs.</summary>
    public IReadOnlyList<string> Notes { get; init; } = System.Array.Empty<string>();
}
