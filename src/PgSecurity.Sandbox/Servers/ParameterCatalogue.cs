using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Defaults;
using PgSecurity.Core.Postures;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// Which parameters a server has. Those of a snapshot are its own; a new or upgraded server gets those of its version
/// from the options, else the service's own defaults, else those of another server of that version in the estate.
/// </summary>
internal static class ParameterCatalogue
{
    private const string Type = KnownTypes.Server + "/configurations";

    /// <summary>Gives a new server its parameters: those of its source, or the defaults of its version.</summary>
    internal static void Fill(Exchange exchange, EstateResource server, EstateResource? source)
    {
        IEnumerable<JsonObject> parameters = source is not null
            ? exchange.Estate.Collection(source.Id + "/configurations").Select(parameter => parameter.Body)
            : DefaultsOf(exchange, server.Body.Text("properties", "version") ?? ServerShape.DefaultVersion);
        foreach (JsonObject parameter in parameters.ToArray())
        {
            Add(exchange, server, parameter.Text("name")!, (JsonObject)parameter.Object("properties").DeepClone());
        }
    }

    /// <summary>
    /// Moves a server to another version: parameters that the version does not have go, new ones come, those in both keep
    /// their value where it is still allowed.
    /// </summary>
    internal static void Move(Exchange exchange, EstateResource server, string version)
    {
        Dictionary<string, JsonObject> defaults = DefaultsOf(exchange, version)
            .GroupBy(parameter => parameter.Text("name")!, System.StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), System.StringComparer.OrdinalIgnoreCase);
        if (defaults.Count == 0) return;
        Dictionary<string, EstateResource> before = exchange.Estate.Collection(server.Id + "/configurations")
            .ToDictionary(parameter => parameter.Name, parameter => parameter, System.StringComparer.OrdinalIgnoreCase);
        foreach (EstateResource gone in before.Values.Where(parameter => !defaults.ContainsKey(parameter.Name)))
        {
            exchange.Estate.RemoveLeaf(gone.Id);
        }

        foreach (KeyValuePair<string, JsonObject> parameter in defaults)
        {
            JsonObject properties = (JsonObject)parameter.Value.Object("properties").DeepClone();
            if (before.TryGetValue(parameter.Key, out EstateResource? old)
                && old.Body.Text("properties", "value") is string value
                && !properties.IsTrue("isReadOnly")
                && ParameterValue.IsAllowed(properties, value))
            {
                properties["value"] = value;
                properties["source"] = old.Body.Text("properties", "source") ?? "user-override";
            }

            Add(exchange, server, parameter.Key, properties);
        }
    }

    private static IEnumerable<JsonObject> DefaultsOf(Exchange exchange, string version)
    {
        JsonObject[] known = exchange.Options.ParametersOfVersion?.Invoke(version).ToArray() ?? System.Array.Empty<JsonObject>();
        if (known.Length > 0) return known;
        if (ServiceDefaults.ParametersOf(version) is { Count: > 0 } defaults) return defaults.Select(parameter => Default(parameter, version));
        EstateResource? twin = exchange.Estate.OfType(KnownTypes.Server)
            .FirstOrDefault(server => server.Body.Text("properties", "version") == version
                && exchange.Estate.Collection(server.Id + "/configurations").Count > 0);
        return twin is null
            ? System.Array.Empty<JsonObject>()
            : exchange.Estate.Collection(twin.Id + "/configurations").Select(AtDefault).ToArray();
    }

    /// <summary>A parameter as a new server lists it; a value that no source gives stays marked as unknown.</summary>
    private static JsonObject Default(ParameterDefault parameter, string version)
    {
        JsonNode Value() => parameter.Value is string known
            ? JsonValue.Create(known)
            : new JsonObject { [UnknownValue.Key] = parameter.UnknownReason ?? "not known" };
        JsonObject properties = new()
        {
            ["value"] = Value(),
            ["description"] = string.Empty,
            ["defaultValue"] = Value(),
            ["dataType"] = parameter.DataType ?? "String",
            ["allowedValues"] = parameter.AllowedValues ?? string.Empty,
            ["source"] = "system-default",
        };
        if (parameter.IsDynamic is bool dynamic) properties["isDynamicConfig"] = dynamic;
        if (parameter.IsReadOnly is bool readOnly) properties["isReadOnly"] = readOnly;
        properties["isConfigPendingRestart"] = false;
        properties["documentationLink"] = $"https://www.postgresql.org/docs/{version}/runtime-config.html";
        return new JsonObject { ["name"] = parameter.Name, ["properties"] = properties };
    }

    private static JsonObject AtDefault(EstateResource parameter)
    {
        JsonObject copy = parameter.Body.Copy();
        JsonObject properties = copy.Object("properties");
        if (properties.IsTrue("isReadOnly")) return copy;
        properties["value"] = properties.Text("defaultValue") ?? string.Empty;
        properties["source"] = "system-default";
        properties["isConfigPendingRestart"] = false;
        return copy;
    }

    private static void Add(Exchange exchange, EstateResource server, string name, JsonObject properties)
    {
        string id = server.Id + "/configurations/" + name;
        exchange.Estate.Put(
            id,
            Type,
            name,
            new JsonObject { ["properties"] = properties, ["id"] = id, ["name"] = name, ["type"] = Type });
    }
}
