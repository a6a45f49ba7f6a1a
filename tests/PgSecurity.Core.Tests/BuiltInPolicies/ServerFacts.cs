using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>A server as somebody reads it in its JSON, with none of the code that is under test.</summary>
public sealed class ServerFacts
{
    private const string Type = "Microsoft.DBforPostgreSQL/flexibleServers";

    public ServerFacts(Posture posture) => Posture = posture;

    public Posture Posture { get; }

    public bool IsFlexible => Posture.Server.Type.Equals(Type, StringComparison.OrdinalIgnoreCase);

    public bool IsReplica => Server("replicationRole").Text is "AsyncReplica" or "GeoAsyncReplica" || Server("createMode").Text is "Replica";

    public bool IsInNetwork => Server("network.delegatedSubnetResourceId").Text is not null;

    /// <summary>A property of the server, by its path below <c>properties</c>.</summary>
    public Cell Server(string path) => Read(Posture.Server, "properties." + path);

    /// <summary>Whether there is a parameter of that name whose value passes; a parameter that does not exist passes nothing.</summary>
    public Truth Parameter(string name, Func<Cell, Truth> passes)
    {
        Facet facet = Posture.FacetOf(Type + "/configurations");
        Resource? parameter = facet.Resources.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (parameter is null) return facet.IsComplete ? Truth.False : Truth.Unknown;
        return passes(Read(parameter, "properties.value"));
    }

    /// <summary>The value of a parameter; absent where there is no such parameter.</summary>
    public Cell Value(string name)
    {
        Cell value = Cell.Absent;
        Truth listed = Parameter(name, cell =>
        {
            value = cell;
            return Truth.True;
        });
        return listed == Truth.Unknown ? Cell.Unknown : value;
    }

    public bool Lists(string name, string member) => Members(name).Contains(member, StringComparer.OrdinalIgnoreCase);

    public string[] Members(string name) => (Value(name).Text ?? "").Split(',').Select(one => one.Trim()).ToArray();

    /// <summary>Whether a related resource passes; a list that may hold more leaves it open.</summary>
    public Truth Any(string type, Func<Resource, Truth> passes)
    {
        Facet facet = Posture.FacetOf(type);
        Truth any = facet.Resources.Select(passes).Aggregate(Truth.False, TruthOperators.Or);
        return facet.IsComplete ? any : any.Or(Truth.Unknown);
    }

    public Truth AnyChild(string type, Func<Resource, Truth> passes) => Any(Type + "/" + type, passes);

    public static Cell Read(Resource resource, string path)
    {
        JsonElement at = resource.Body;
        foreach (string name in path.Split('.'))
        {
            if (!TryGet(at, name, out JsonElement next) || next.ValueKind == JsonValueKind.Null)
            {
                return resource.Gap is null ? Cell.Absent : Cell.Unknown;
            }

            if (UnknownValue.Is(next)) return Cell.Unknown;
            at = next;
        }

        return new Cell(at.ValueKind == JsonValueKind.String ? at.GetString() : at.GetRawText(), false);
    }

    /// <summary>The log entries of a diagnostic setting.</summary>
    public static IEnumerable<(string Category, string Group, Truth Enabled)> Logs(Resource setting) => Entries(setting, "logs");

    /// <summary>The entries of a diagnostic setting: <c>logs</c> or <c>metrics</c>.</summary>
    public static IEnumerable<(string Category, string Group, Truth Enabled)> Entries(Resource setting, string list)
    {
        if (!TryGet(setting.Body, "properties", out JsonElement properties)
            || !TryGet(properties, list, out JsonElement logs)
            || logs.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (JsonElement entry in logs.EnumerateArray())
        {
            yield return (Text(entry, "category"), Text(entry, "categoryGroup"), Text(entry, "enabled").Equals("true", StringComparison.OrdinalIgnoreCase).ToTruth());
        }
    }

    private static string Text(JsonElement container, string name) =>
        TryGet(container, name, out JsonElement value) ? value.ToString() : "";

    private static bool TryGet(JsonElement container, string name, out JsonElement value)
    {
        value = default;
        if (container.ValueKind != JsonValueKind.Object) return false;
        foreach (JsonProperty property in container.EnumerateObject())
        {
            if (!property.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) continue;
            value = property.Value;
            return true;
        }

        return false;
    }
}
