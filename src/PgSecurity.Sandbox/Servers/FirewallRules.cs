using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// Firewall rules: IPv4 only, the first address not above the last. A server in a virtual network takes them too, though
/// they mean nothing there (azure-rest-api-specs#20616).
/// </summary>
internal sealed class FirewallRules : ServerChild
{
    public override string Segment => "firewallRules";

    protected override OperationKind? Upsert => OperationKinds.UpsertFirewallRule;

    protected override OperationKind? Drop => OperationKinds.DropFirewallRule;

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string? first = sent.Text("startIpAddress");
        string? last = sent.Text("endIpAddress");
        properties = new JsonObject { ["startIpAddress"] = first, ["endIpAddress"] = last };
        if (Number(first) is not uint from) return ServerEnums.InvalidValue("startIpAddress");
        if (Number(last) is not uint to) return ServerEnums.InvalidValue("endIpAddress");
        return from <= to ? null : ServerEnums.InvalidValue("endIpAddress");
    }

    private static uint? Number(string? text)
    {
        if (text is null || !IPAddress.TryParse(text, out IPAddress? address)) return null;
        if (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() != text) return null;
        byte[] bytes = address.GetAddressBytes();
        return ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
    }
}
