using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace PgSecurity.Tests.Commands;

public sealed class NewPgPrivateEndpointTests(ModuleSession session) : SandboxChanges(session)
{
    private const string Network = "/subscriptions/2f1c9d3e-5b7a-4c68-9e0d-7a1b3c5d7e9f/resourceGroups/rg-network-prod/providers/Microsoft.Network";
    private const string Subnet = Network + "/virtualNetworks/vnet-prod-we/subnets/snet-endpoints";
    private const string Zone = Network + "/privateDnsZones/privatelink.postgres.database.azure.com";
    private const string Command = "New-PgPrivateEndpoint -ResourceId $id -JournalPath $journal -PassThru";

    [Fact]
    public void The_endpoint_and_its_zone_group_are_made_once_and_taken_back()
    {
        IReadOnlyList<Change> made = Changes($"{Command} -SubnetId {Subnet} -PrivateDnsZoneId {Zone}");
        Assert.Equal(["private endpoint pe-psql-basket-prod", "DNS zone group default"], made.Select(change => change.Step));
        Assert.All(made, change => Assert.Equal((ChangeStatus.Changed, "(none)"), (change.Status, change.Before)));
        Assert.Equal("subnet vnet-prod-we/snet-endpoints, Approved", made[0].After);
        Assert.Equal("privatelink.postgres.database.azure.com", made[1].After);
        Assert.Equal("Pass", Verdict("NET-002"));

        Assert.All(Changes($"{Command} -SubnetId {Subnet} -PrivateDnsZoneId {Zone}"), change => Assert.Equal(ChangeStatus.AlreadyCompliant, change.Status));
        IReadOnlyList<Change> undone = UndoAll();
        Assert.Equal(["DNS zone group default", "private endpoint pe-psql-basket-prod"], undone.Select(change => change.Step));
        Assert.All(undone, change => Assert.Equal("(none)", change.After));
        Assert.Equal("Fail", Verdict("NET-002"));
    }

    [Fact]
    public void A_connection_that_waits_for_a_person_is_said_to()
    {
        Change change = OneChange($"{Command} -SubnetId {Subnet} -PrivateDnsZoneId {Zone} -ManualApproval -RequestMessage 'ticket 4711' | Select-Object -First 1");
        Assert.Equal((ChangeStatus.Changed, "subnet vnet-prod-we/snet-endpoints, Pending"), (change.Status, change.After));
        Assert.Contains("waits for a person", change.Reason, StringComparison.Ordinal);
        Assert.Contains(Session.Warnings, warning => warning.Contains("waits for a person", StringComparison.Ordinal));
        Assert.NotEqual("Pass", Verdict("NET-002"));
    }

    [Theory]
    [InlineData(Network + "/virtualNetworks/vnet-prod-we/subnets/none", Zone, "The subnet cannot be used: there is none of that id.")]
    [InlineData(Network + "/virtualNetworks/vnet-prod/subnets/snet-acquirer", Zone, "is delegated to Microsoft.DBforPostgreSQL/flexibleServers")]
    [InlineData(Subnet, Network + "/privateDnsZones/psql-acquirer-prod.private.postgres.database.azure.com", "Clients find the server in the zone privatelink.postgres.database.azure.com")]
    public void What_would_not_work_is_refused_before_anything_is_sent(string subnet, string zone, string reason)
    {
        Session.Run($"New-PgPrivateEndpoint -ResourceId $id -SubnetId {subnet} -PrivateDnsZoneId {zone} -JournalPath $journal");
        Assert.Contains(Session.Errors, error => error.ToString().Contains(reason, StringComparison.Ordinal));
        Assert.All(Session.Errors, error => Assert.StartsWith("ChangeRefused", error.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Fact]
    public void A_server_in_a_virtual_network_takes_none() => Assert.Contains(
        "takes no private endpoints",
        OneError($"Get-PgServer psql-acquirer-prod | New-PgPrivateEndpoint -SubnetId {Subnet} -JournalPath $journal").ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void The_last_way_in_is_not_taken_back()
    {
        Changes($"{Command} -SubnetId {Subnet}");
        Changes("Set-PgPublicNetworkAccess -ResourceId $id -State Disabled -AllowConnectivityLoss -JournalPath $journal -PassThru");
        Session.Run("Get-PgSecurityChange -JournalPath $journal | Where-Object Step -like 'private endpoint*' | Undo-PgSecurityChange -JournalPath $journal -AllowConnectivityLoss");
        Change kept = Assert.Single(Session.Run("Get-PgSecurityChange -JournalPath $journal | Where-Object Step -like 'private endpoint*' | Undo-PgSecurityChange -JournalPath $journal -AllowConnectivityLoss")
            .Select(item => item.BaseObject).OfType<Change>());
        Assert.Equal(ChangeStatus.Skipped, kept.Status);
        Assert.Contains("nobody could reach the server", kept.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_zone_it_warns_and_WhatIf_changes_nothing()
    {
        Session.Run($"New-PgPrivateEndpoint -ResourceId $id -SubnetId {Subnet} -JournalPath $journal -WhatIf");
        Assert.Contains(Session.Warnings, warning => warning.Contains("-PrivateDnsZoneId", StringComparison.Ordinal));
        Assert.Empty(Session.Run("Get-PgSecurityChange -JournalPath $journal"));
    }

    private string Verdict(string control) =>
        Assert.Single(Session.RunClean<Finding>($"Get-PgServer {Server} | Get-PgSecurityFinding -Control {control} -IncludePassed")).Outcome.ToString();
}
