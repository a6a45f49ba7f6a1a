using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>The provider of flexible servers: finds the server that a request is about, and who answers for it.</summary>
internal sealed class FlexibleServers : IProvider
{
    private readonly ServerLedger _ledger = new();
    private readonly ServerRequests _servers;
    private readonly LocationRequests _locations = new();
    private readonly Dictionary<string, IServerChild> _children;

    internal FlexibleServers()
    {
        _servers = new ServerRequests(_ledger);
        _children = new IServerChild[]
        {
            new Parameters(_ledger), new FirewallRules(), new Administrators(_ledger), new PrivateEndpointConnections(), new PrivateLinkResources(),
            new ThreatProtection(), new Backups(), new LongTermBackups(), new LongTermBackupStart(), new LongTermBackupCheck(),
            new Replicas(), new VirtualEndpoints(), new Databases(), new ServerCapabilities(), new LogFiles(),
            new PowerAction(_ledger, "restart"), new PowerAction(_ledger, "start"), new PowerAction(_ledger, "stop"),
        }.ToDictionary(child => child.Segment, StringComparer.OrdinalIgnoreCase);
    }

    public bool Answers(Exchange exchange) =>
        ArmPath.Same(exchange.Path.Namespace, "Microsoft.DBforPostgreSQL")
        && exchange.Path.Types.Count > 0
        && !ArmPath.Same(exchange.Path.Types[0], "servers");

    public SandboxResponse Answer(Exchange exchange)
    {
        ArmPath path = exchange.Path;
        if (!ArmPath.Same(path.Types[0], "flexibleServers")) return _locations.Answer(exchange);
        if (path.Names.Count == 0) return _servers.List(exchange);

        exchange.Operations.Touch(path.Root);
        FirstBackup.Take(exchange, path.Root, _ledger);
        if (path.Types.Count == 1) return _servers.Answer(exchange);

        EstateResource? server = exchange.Estate.Find(path.Root);
        if (server is null) return Reply.ResourceNotFound(KnownTypes.Server + "/" + path.Names[0], path.ResourceGroup);
        return _children.TryGetValue(path.Types[1], out IServerChild? child)
            ? child.Answer(exchange, server)
            : Reply.Gateway(
                404,
                "InvalidResourceType",
                $"The resource type '{string.Join("/", path.Types)}' could not be found in the namespace "
                + $"'Microsoft.DBforPostgreSQL' for api version '{exchange.ApiVersion}'.");
    }
}
