using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Restart, start and stop. A restart is what static parameters wait for.</summary>
internal sealed class PowerAction : IServerChild
{
    private readonly ServerLedger _ledger;

    internal PowerAction(ServerLedger ledger, string segment)
    {
        _ledger = ledger;
        Segment = segment;
    }

    public string Segment { get; }

    public SandboxResponse Answer(Exchange exchange, EstateResource server)
    {
        if (exchange.Method != "POST")
        {
            return Reply.Error(405, "MethodNotAllowed", $"The method {exchange.Method} is not allowed for '{exchange.Path.Text}'.");
        }

        (OperationKind kind, string wanted, string during, string after) = Segment switch
        {
            "start" => (OperationKinds.Start, "Stopped", "Starting", "Ready"),
            "stop" => (OperationKinds.Stop, "Ready", "Stopping", "Stopped"),
            _ => (OperationKinds.Restart, "Ready", "Restarting", "Ready"),
        };
        string state = server.Body.Text("properties", "state") ?? "Ready";
        string location = server.Body.Text("location") ?? "West Europe";
        if (!ArmPath.Same(state, wanted) && exchange.Operations.GroupOf(server.Id).Running.Count == 0)
        {
            return exchange.Refuse(
                kind,
                server.Id,
                location,
                new OperationFailure("ServerIsNotReady", $"Cannot {Segment} server '{server.Name}': its state is {state}, not {wanted}."));
        }

        return exchange.Begin(
            kind,
            server.Id,
            location,
            () => Done(exchange, server, after),
            started: () => ServerStates.Set(server.Body, during),
            rollback: () => ServerStates.Set(server.Body, state),
            shape: operation => operation.Result = () => new JsonObject
            {
                ["properties"] = new JsonObject(),
                ["name"] = server.Name,
                ["type"] = "PostgreSQL",
            });
    }

    private void Done(Exchange exchange, EstateResource server, string after)
    {
        ServerStates.Set(server.Body, after);
        if (after != "Ready") return;
        foreach (EstateResource parameter in exchange.Estate.Collection(server.Id + "/configurations"))
        {
            Parameters.Restarted(parameter);
        }
    }
}
