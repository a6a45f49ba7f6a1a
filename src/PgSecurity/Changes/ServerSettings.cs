using System.Text.Json.Nodes;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Changes;

/// <summary>Makes changes of one thing, as the cmdlets name it.</summary>
internal static class ServerSettings
{
    /// <summary>One member of a concern of the server.</summary>
    public static ServerChange Property(ServerId server, string concern, string member, JsonNode value) =>
        Property(server, concern, new JsonObject { [member] = value });

    /// <summary>Members of a concern of the server.</summary>
    public static ServerChange Property(ServerId server, string concern, JsonObject members) =>
        new(server, concern, new JsonObject { ["properties"] = new JsonObject { [concern] = members } });

    /// <summary>A resource beside the server.</summary>
    public static ResourcePut Put(ServerId server, string type, string name, JsonObject properties) =>
        new(server, type, RelatedResourceId.Of(server, type, name), name, properties);

    /// <summary>A resource beside the server that goes.</summary>
    public static ResourceDelete Delete(ServerId server, Resource resource) => new(server, resource.Type, resource.Id, resource.Name);
}
