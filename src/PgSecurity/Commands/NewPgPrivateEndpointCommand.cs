using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json.Nodes;
using PgSecurity.Changes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Guards;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;
using PgSecurity.Errors;
using ArmId = PgSecurity.Core.Postures.ResourceId;

namespace PgSecurity.Commands;

/// <summary>Makes a private endpoint for servers in a subnet, with the DNS zone group by which clients find it.</summary>
[Cmdlet(VerbsCommon.New, "PgPrivateEndpoint", SupportsShouldProcess = true)]
[OutputType(typeof(Change))]
public sealed class NewPgPrivateEndpointCommand : SlowSettingCmdlet
{
    /// <summary>The ARM id of the subnet.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public string SubnetId { get; set; } = "";

    /// <summary>The ARM id of the private DNS zone.</summary>
    [Parameter(Position = 2)]
    public string? PrivateDnsZoneId { get; set; }

    /// <summary>The endpoint's name; <c>{server}</c> stands for the server's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "pe-{server}";

    /// <summary>The resource group of the endpoint; the network's where it is not given.</summary>
    [Parameter]
    public string? TargetResourceGroup { get; set; }

    /// <summary>The region of the endpoint; the network's where it is not given.</summary>
    [Parameter]
    public string? Location { get; set; }

    /// <summary>Whether the connection waits for whoever owns the server.</summary>
    [Parameter]
    public SwitchParameter ManualApproval { get; set; }

    /// <summary>What the owner of the server is told with the request.</summary>
    [Parameter]
    [ValidateLength(1, 140)]
    public string? RequestMessage { get; set; }

    private string NetworkId => ArmId.ScopeOf(SubnetId);

    private protected override IReadOnlyList<string> Facets { get; } = new[] { FacetTypes.PrivateEndpointConnections };

    private protected override Surroundings Surroundings => new()
    {
        Resources = PrivateDnsZoneId is null
            ? new[] { new NamedResource(NetworkId, ResourceCreation.NetworkType) }
            : new[] { new NamedResource(NetworkId, ResourceCreation.NetworkType), new NamedResource(PrivateDnsZoneId, FacetTypes.PrivateDnsZones) },
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (!ResourceNames.IsOfType(SubnetId, FacetTypes.Subnets))
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(
                $"'{SubnetId}' is not the ARM id of a subnet.", "Give it as /subscriptions/…/virtualNetworks/<network>/subnets/<subnet>.", SubnetId));
        }

        if (PrivateDnsZoneId is not null && !ResourceNames.IsOfType(PrivateDnsZoneId, FacetTypes.PrivateDnsZones))
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(
                $"'{PrivateDnsZoneId}' is not the ARM id of a private DNS zone.", "Give it as /subscriptions/…/privateDnsZones/<zone>.", PrivateDnsZoneId));
        }

        if (PrivateDnsZoneId is null) WriteWarning("Without -PrivateDnsZoneId the server's name resolves to its public address still: clients find the endpoint only by a DNS record of your own.");
    }

    private protected override IEnumerable<TargetChange> Changes(Posture posture)
    {
        string group = TargetResourceGroup is null ? ArmId.ScopeOf(NetworkId) : $"/subscriptions/{ArmId.SubscriptionOf(SubnetId)}/resourceGroups/{TargetResourceGroup}";
        string name = ResourceNames.Of(Name, posture.Id);
        string id = $"{group}/providers/{FacetTypes.PrivateEndpoints}/{name}";
        yield return new ResourceCreation(posture.Id, FacetTypes.PrivateEndpoints, id, name, Body(posture, name));
        if (PrivateDnsZoneId is not null) yield return DnsZoneGroup.Of(posture.Id, id, PrivateDnsZoneId);
    }

    private JsonObject Body(Posture posture, string name)
    {
        JsonObject properties = new() { ["privateLinkServiceId"] = posture.Id.Value, ["groupIds"] = new JsonArray("postgresqlServer") };
        if (RequestMessage is not null) properties["requestMessage"] = RequestMessage;
        JsonObject connection = new() { ["name"] = name, ["properties"] = properties };
        return new JsonObject
        {
            ["location"] = Location ?? RegionOf(posture),
            ["properties"] = new JsonObject
            {
                ["subnet"] = new JsonObject { ["id"] = SubnetId },
                [ManualApproval ? "manualPrivateLinkServiceConnections" : "privateLinkServiceConnections"] = new JsonArray(connection),
            },
        };
    }

    /// <summary>The network's region; the server's where the network could not be read.</summary>
    private string RegionOf(Posture posture)
    {
        Resource? network = posture.FacetOf(ResourceCreation.NetworkType).Resources
            .FirstOrDefault(candidate => string.Equals(candidate.Id, NetworkId, StringComparison.OrdinalIgnoreCase));
        return (network is null ? null : ResourceField.Of(network, "location").Text) ?? ResourceField.Of(posture.Server, "location").Text ?? "";
    }
}
