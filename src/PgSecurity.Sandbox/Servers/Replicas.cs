using System.Linq;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>The replicas of a server: stubs, whatever they really have.</summary>
internal sealed class Replicas : ServerChild
{
    public override string Segment => "replicas";

    protected override SandboxResponse List(Exchange exchange, EstateResource server) =>
        exchange.List(exchange.Estate.OfType(KnownTypes.Server)
            .Where(replica => ArmPath.Same(replica.Body.Text("properties", "sourceServerResourceId"), server.Id)
                && ArmPath.Same(replica.Body.Text("properties", "replicationRole"), "AsyncReplica"))
            .Select(replica => exchange.Quirks.ReplicaListGivesStubs ? ServerShape.ReplicaStub(replica.Body) : replica.Body.Copy()));
}
