using PgSecurity.Sandbox.Activity;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Graph;
using PgSecurity.Sandbox.Related;
using PgSecurity.Sandbox.ResourceGraph;
using PgSecurity.Sandbox.Servers;
using PgSecurity.Sandbox.Vaults;

namespace PgSecurity.Sandbox.Gateways;

/// <summary>What ARM does before a provider sees a request: version, subscription, group, locks; then hands it on.</summary>
internal sealed class Gateway
{
    private readonly IProvider[] _outsideArm = { new DirectoryObjects(), new ConditionalAccess(), new KeyDataPlane() };

    private readonly IProvider[] _providers =
    {
        new FlexibleServers(), new GraphQueries(), new Subscriptions(), new ResourceGroups(), new Permissions(),
        new DiagnosticSettings(), new DiagnosticCategories(), new Locks(), new RoleAssignments(), new RoleDefinitions(),
        new ScopedListings(), new DefenderPlans(), new VaultRequests(), new DeletedVaults(), new VaultKeys(),
        new ActivityEvents(), new PrivateEndpoints(), new PrivateDnsZones(), new PrivateDnsOperations(), new NetworkOperations(), new PlainResources(),
    };

    internal SandboxResponse Answer(Exchange exchange)
    {
        SandboxResponse? malformed = exchange.ReadBody();
        if (malformed is not null) return malformed;
        foreach (IProvider provider in _outsideArm)
        {
            if (provider.Answers(exchange)) return provider.Answer(exchange);
        }

        SandboxResponse? refusal = ApiVersions.Check(exchange) ?? CheckScope(exchange) ?? SnapshotGuard.Check(exchange) ?? LockGuard.Check(exchange);
        if (refusal is not null) return refusal;
        foreach (IProvider provider in _providers)
        {
            if (provider.Answers(exchange)) return OlderShapes.Of(exchange, provider.Answer(exchange));
        }

        return exchange.Path.Namespace is null
            ? Reply.Gateway(404, "ResourceNotFound", $"The path '{exchange.Path.Text}' was not found.")
            : Reply.Gateway(
                404,
                "InvalidResourceType",
                $"The resource type '{string.Join("/", exchange.Path.Types)}' could not be found in the namespace "
                + $"'{exchange.Path.Namespace}' for api version '{exchange.ApiVersion}'.");
    }

    private static SandboxResponse? CheckScope(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (path.Subscription is null) return null;
        if (!exchange.Estate.HasSubscription(path.Subscription))
        {
            return Reply.Gateway(404, "SubscriptionNotFound", $"The subscription '{path.Subscription}' could not be found.");
        }

        if (path.ResourceGroup is null || (path.Namespace is null && exchange.Method is "PUT" or "HEAD" or "GET")) return null;
        if (exchange.Estate.Find(AzureEstate.GroupId(path.Subscription, path.ResourceGroup)) is not null) return null;
        return Reply.Gateway(404, "ResourceGroupNotFound", $"Resource group '{path.ResourceGroup}' could not be found.");
    }
}
