using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// Server parameters. A static one is written at once and waits for a restart (<c>isConfigPendingRestart</c>); a
/// read-only one is accepted and then fails.
/// </summary>
internal sealed class Parameters : ServerChild
{
    private readonly ServerLedger _ledger;

    internal Parameters(ServerLedger ledger) => _ledger = ledger;

    public override string Segment => "configurations";

    protected override OperationKind? Upsert => OperationKinds.UpdateParameter;

    protected override bool Patches => true;

    /// <summary>What a restart does to a parameter.</summary>
    internal static void Restarted(EstateResource parameter)
    {
        if (parameter.Body.IsTrue("properties", "isConfigPendingRestart")) parameter.Properties.Set("isConfigPendingRestart", false);
    }

    public override SandboxResponse Answer(Exchange exchange, EstateResource server)
    {
        string? state = server.Body.Text("properties", "state");
        if (exchange.Method == "GET" && state is "Stopped" or "Stopping" && exchange.Quirks.StoppedServerRefusesParameters)
        {
            return Reply.Error(400, "ServerStoppedError", $"Cannot complete the operation because the server '{server.Name}' is stopped.");
        }

        if (exchange.Method == "GET" && state == "Provisioning" && exchange.Quirks.ParametersFailWhileProvisioning)
        {
            return Reply.Error(
                500,
                "InternalServerError",
                $"An unexpected error occured while processing the request. Tracking ID: '{exchange.NewGuid()}'");
        }

        return base.Answer(exchange, server);
    }

    protected override SandboxResponse Get(Exchange exchange, EstateResource server)
    {
        if (exchange.Estate.Find(exchange.Path.Text) is not EstateResource parameter)
        {
            return Reply.Error(404, "ConfigurationNotExists", $"The configuration '{exchange.Path.Name}' does not exist for PostgreSQL server version {server.Body.Text("properties", "version")}.");
        }

        return exchange.Quirks.OddParameterIds ? Reply.Json(200, Odd(parameter)) : Reply.Resource(200, parameter);
    }

    protected override SandboxResponse List(Exchange exchange, EstateResource server) => exchange.Quirks.OddParameterIds
        ? exchange.List(exchange.Estate.Collection(CollectionOf(server)).Select(parameter => (JsonNode)Odd(parameter)))
        : base.List(exchange, server);

    private static JsonObject Odd(EstateResource parameter)
    {
        JsonObject odd = parameter.Body.Copy();
        odd["id"] = string.Join("/serversv2/", parameter.Id.Split(new[] { "/flexibleServers/" }, System.StringSplitOptions.None));
        return odd;
    }

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        properties = current is null ? new JsonObject() : current.Copy();
        string name = exchange.Path.Name;
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        string? value = sent.Text("value");
        if (value is null && exchange.Method == "PUT" && exchange.Quirks.EmptyParameterPutFails)
        {
            return new OperationFailure(
                "InternalServerError",
                $"An unexpected error occured while processing the request. Tracking ID: '{Exchange.GuidOf(exchange.Path.Text)}'");
        }

        if (current is null)
        {
            return new OperationFailure("ConfigurationNotExists", $"The configuration '{name}' does not exist for PostgreSQL server version {server.Body.Text("properties", "version")}.");
        }

        if (current.IsTrue("isReadOnly"))
        {
            return new OperationFailure(
                "OperationFailed",
                exchange.Quirks.ReadOnlyParameterMessageIsEmpty ? "{0}" : $"The configuration '{name}' is read-only.");
        }

        bool resets = value is null || ArmPath.Same(sent.Text("source"), "system-default");
        value ??= current.Text("defaultValue") ?? string.Empty;
        if (!ParameterValue.IsAllowed(current, value))
        {
            return new OperationFailure(
                "InvalidConfigurationValue",
                $"The value: [{value}] of Server Parameter: [{name}] is invalid.");
        }

        Write(exchange, properties, current, value, resets);
        return null;
    }

    private static void Write(Exchange exchange, JsonObject properties, JsonObject current, string value, bool resets)
    {
        bool isStatic = !current.IsTrue("isDynamicConfig");
        if (isStatic && exchange.ApiVersion == "2026-01-01-preview" && exchange.Quirks.PreviewDropsStaticParameters) return;
        bool changes = !string.Equals(value, current.Text("value"), System.StringComparison.Ordinal);
        properties.Set("value", value);
        properties.Set("source", resets && !exchange.Quirks.ResetKeepsUserOverride ? "system-default" : "user-override");
        if (changes) properties.Set("isConfigPendingRestart", isStatic);
    }
}
