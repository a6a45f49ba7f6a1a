using System.Text.Json.Nodes;
using PgSecurity.Sandbox.Estate;
using PgSecurity.Sandbox.Operations;

namespace PgSecurity.Sandbox.Servers;

/// <summary>Databases. <c>utf8</c> is answered as <c>UTF8</c> (recorded).</summary>
internal sealed class Databases : ServerChild
{
    public override string Segment => "databases";

    protected override OperationKind? Upsert => OperationKinds.UpsertDatabase;

    protected override OperationKind? Drop => OperationKinds.DropDatabase;

    protected override OperationFailure? Plan(Exchange exchange, EstateResource server, JsonObject? current, out JsonObject properties)
    {
        JsonObject? sent = exchange.Body?.Find("properties") as JsonObject;
        properties = Properties(sent.Text("charset"), sent.Text("collation"));
        return null;
    }

    /// <summary>Adds a database that every server has.</summary>
    internal static void Add(Exchange exchange, EstateResource server, string name)
    {
        string id = server.Id + "/databases/" + name;
        const string Type = KnownTypes.Server + "/databases";
        exchange.Estate.Put(
            id,
            Type,
            name,
            new JsonObject { ["properties"] = Properties(null, null), ["id"] = id, ["name"] = name, ["type"] = Type });
    }

    private static JsonObject Properties(string? charset, string? collation) => new()
    {
        ["charset"] = (charset ?? "UTF8").ToUpperInvariant(),
        ["collation"] = collation ?? "en_US.utf8",
    };
}
