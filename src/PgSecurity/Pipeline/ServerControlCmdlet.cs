using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using PgSecurity.Azure.Inventory;
using PgSecurity.Binding;
using PgSecurity.Core.Controls;

namespace PgSecurity.Pipeline;

/// <summary>A cmdlet that holds servers of Azure against controls: which servers, which controls, and what is set aside.</summary>
public abstract class ServerControlCmdlet : ControlCmdlet
{
    private protected const string InputObjectSet = "InputObject";
    private protected const string ScopeSet = "Scope";
    private protected const string ResourceIdSet = "ResourceId";

    /// <summary>ARM ids of servers that are read from Azure.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ResourceIdSet)]
    [Alias("Id")]
    public string[] ResourceId { get; set; } = Array.Empty<string>();

    /// <summary>Subscriptions, by id or name.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string[] Subscription { get; set; } = Array.Empty<string>();

    /// <summary>Management groups, by name.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public string[] ManagementGroup { get; set; } = Array.Empty<string>();

    /// <summary>Resource groups; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    public string[] ResourceGroupName { get; set; } = Array.Empty<string>();

    /// <summary>Names of servers; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ServerNameCompleter))]
    public string[] ServerName { get; set; } = Array.Empty<string>();

    /// <summary>Tags that a server must have; wildcards are allowed in values.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public Hashtable? Tag { get; set; }

    /// <summary>A condition in Resource Graph's language.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    public string? Filter { get; set; }

    /// <summary>How many servers are read from Azure at once.</summary>
    [Parameter(ParameterSetName = ScopeSet)]
    [Parameter(ParameterSetName = ResourceIdSet)]
    [Parameter(ParameterSetName = InputObjectSet)]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Ids of controls; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ControlIdCompleter))]
    public string[] Control { get; set; } = Array.Empty<string>();

    /// <summary>Files of exemptions; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] Exemption { get; set; } = Array.Empty<string>();

    private protected override IReadOnlyList<string> Ids => Control;

    private protected override string? DefaultProfile => ProfileNames.Default;

    /// <summary>The scope that the parameters come to.</summary>
    private protected ServerScope Scope => ServerScopes.Of(Subscription, ManagementGroup, ResourceGroupName, ServerName, Tag, Filter);
}
