using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Defaults;

/// <summary>
/// What the service does where nothing is set: data in <c>module/Defaults</c>, each fact with its source. What no source
/// gives is unknown, never a guess.
/// </summary>
public static class ServiceDefaults
{
    private const string NoDefault = "no source gives this parameter's default for the version";

    private static readonly Lazy<ParameterTable> Table = new(() => new ParameterTable(DefaultsFile.Read("parameters.json")));

    private static readonly Lazy<IReadOnlyList<PropertyDefault>> Properties = new(ReadProperties);

    private static readonly Lazy<Dictionary<string, RegionOffer>> Regions = new(ReadRegions);

    /// <summary>The major versions whose parameters are known.</summary>
    public static IReadOnlyList<string> Versions => Table.Value.Versions;

    /// <summary>The properties of a new server.</summary>
    public static IReadOnlyList<PropertyDefault> ServerProperties => Properties.Value;

    /// <summary>
    /// The parameters of a new server of a major version. One that is not among them does not exist in that version.
    /// Null where nothing is known of the version.
    /// </summary>
    public static IReadOnlyList<ParameterDefault>? ParametersOf(string? version) =>
        version is not null && Table.Value.ByVersion.TryGetValue(version.Trim(), out IReadOnlyList<ParameterDefault>? parameters)
            ? parameters
            : null;

    /// <summary>What a region offers, by its short or display name; null where it is not known.</summary>
    public static RegionOffer? RegionOf(string? location)
    {
        string name = new((location ?? "").Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant).ToArray());
        return Regions.Value.TryGetValue(name, out RegionOffer? region) ? region : null;
    }

    private static List<PropertyDefault> ReadProperties() =>
        DefaultsFile.Read("server.json").GetProperty("properties").EnumerateArray()
            .Select(entry => new PropertyDefault(
                entry.GetProperty("path").GetString()!.Split('.'),
                entry.GetProperty("value"),
                entry.TryGetProperty("network", out JsonElement network) ? network.GetString() : null,
                Texts(entry.GetProperty("createModes"))))
            .ToList();

    private static Dictionary<string, RegionOffer> ReadRegions() =>
        DefaultsFile.Read("regions.json").GetProperty("regions").EnumerateArray()
            .Select(entry => new RegionOffer(
                entry.GetProperty("name").GetString()!,
                entry.GetProperty("displayName").GetString()!,
                Answer(entry, "zoneRedundantHa"),
                Answer(entry, "geoRedundantBackup"),
                Answer(entry, "confidentialCompute")))
            .ToDictionary(region => region.Name, StringComparer.Ordinal);

    private static Truth Answer(JsonElement entry, string name) => entry.GetProperty(name).GetString() switch
    {
        "yes" => Truth.True,
        "no" => Truth.False,
        _ => Truth.Unknown,
    };

    private static string[] Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString()!).ToArray();

    /// <summary>The file of parameters, turned to one list a version.</summary>
    private sealed class ParameterTable
    {
        public ParameterTable(JsonElement file)
        {
            Versions = Texts(file.GetProperty("versions"));
            string[] others = Texts(file.GetProperty("others").GetProperty("names"));
            ByVersion = Versions.ToDictionary(
                version => version,
                version => (IReadOnlyList<ParameterDefault>)file.GetProperty("parameters").EnumerateArray()
                    .Select(parameter => Of(parameter, version))
                    .OfType<ParameterDefault>()
                    .Concat(others.Select(name => new ParameterDefault(name) { UnknownReason = NoDefault }))
                    .ToArray(),
                StringComparer.Ordinal);
        }

        public IReadOnlyList<string> Versions { get; }

        public IReadOnlyDictionary<string, IReadOnlyList<ParameterDefault>> ByVersion { get; }

        private static ParameterDefault? Of(JsonElement parameter, string version)
        {
            string name = parameter.GetProperty("name").GetString()!;
            if (parameter.TryGetProperty("absentIn", out JsonElement absent) && Texts(absent).Contains(version)) return null;
            foreach (JsonElement setting in parameter.GetProperty("settings").EnumerateArray())
            {
                if (Texts(setting.GetProperty("versions")).Contains(version)) return Of(name, setting);
            }

            return new ParameterDefault(name) { UnknownReason = NoDefault };
        }

        private static ParameterDefault Of(string name, JsonElement setting)
        {
            string kind = setting.GetProperty("kind").GetString()!;
            string? depends = Text(setting, "depends");
            return new ParameterDefault(name)
            {
                Value = Text(setting, "value"),
                UnknownReason = depends is null ? null : "it " + depends,
                DataType = Text(setting, "dataType"),
                AllowedValues = Text(setting, "allowedValues"),
                IsReadOnly = kind == "read-only",
                IsDynamic = kind == "dynamic",
            };
        }

        private static string? Text(JsonElement entry, string name) =>
            entry.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;
    }
}
