using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Text.RegularExpressions;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;
using ArmId = PgSecurity.Core.Postures.ResourceId;

namespace PgSecurity.Commands;

/// <summary>Makes a read replica of servers, as closed and as encrypted as its primary.</summary>
[Cmdlet(VerbsCommon.New, "PgReadReplica", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class NewPgReadReplicaCommand : SlowSettingCmdlet
{
    private static readonly Regex Form = new("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    /// <summary>The replica's name; <c>{server}</c> stands for the server's.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "{server}-replica";

    /// <summary>The replica's region; the primary's where it is not given.</summary>
    [Parameter(Position = 2)]
    public string? Location { get; set; }

    /// <summary>The replica's resource group, in the primary's subscription; the primary's where it is not given.</summary>
    [Parameter]
    public string? TargetResourceGroup { get; set; }

    /// <summary>The replica's compute size; the primary's where it is not given.</summary>
    [Parameter]
    public string? SkuName { get; set; }

    /// <summary>The replica's availability zone.</summary>
    [Parameter]
    public string? Zone { get; set; }

    /// <summary>The URI of the replica's key; the primary's where it is not given.</summary>
    [Parameter]
    public string? KeyUri { get; set; }

    /// <summary>The ARM id of the identity that may use the key; the primary's where it is not given.</summary>
    [Parameter]
    public string? IdentityId { get; set; }

    /// <summary>The ARM id of the delegated subnet, for servers in a virtual network.</summary>
    [Parameter]
    public string? SubnetId { get; set; }

    /// <summary>The ARM id of the private DNS zone, for servers in a virtual network.</summary>
    [Parameter]
    public string? PrivateDnsZoneId { get; set; }

    /// <summary>Lets what costs money be turned on.</summary>
    [Parameter]
    public SwitchParameter AllowCost { get; set; }

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.Replicas };

    private protected override Consents Consents => new() { Cost = AllowCost };

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        string name = ResourceNames.Of(Name, posture.Id).ToLowerInvariant();
        string group = TargetResourceGroup is null ? ArmId.ScopeOf(posture.Id.Value) : $"/subscriptions/{posture.Id.SubscriptionId}/resourceGroups/{TargetResourceGroup}";
        ReadReplica replica = new($"{group}/providers/{FacetTypes.Server}/{name}", Location)
        {
            SkuName = SkuName, Zone = Zone, KeyUri = KeyUri, IdentityId = IdentityId, SubnetId = SubnetId, PrivateDnsZoneId = PrivateDnsZoneId,
        };
        yield return replica.Of(posture);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        string sample = ResourceNames.Of(Name, "server");
        if (sample.Length is < 3 or > 63 || !Form.IsMatch(sample))
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(
                $"'{Name}' cannot be the name of a server.", "Take 3 to 63 letters, digits and hyphens, with a letter or digit at both ends; {server} stands for the primary's name.", Name));
        }

        if ((KeyUri is null) != (IdentityId is null))
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong("A key and the identity that may use it go together.", "Give both -KeyUri and -IdentityId, or neither.", KeyUri ?? IdentityId ?? ""));
        }
    }
}
