using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Controls;

/// <summary>
/// A named set of controls and values: <c>module/Profiles/&lt;name&gt;.json</c>. A profile has the controls whose files name
/// it or, where it selects by benchmark, those that answer the benchmark.
/// </summary>
public sealed class Profile
{
    private Profile(string name, string path)
    {
        Name = name;
        Path = path;
    }

    /// <summary>The name, such as <c>baseline</c>.</summary>
    public string Name { get; }

    /// <summary>The title.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Whom it is for.</summary>
    public string Description { get; private init; } = "";

    /// <summary>The benchmark that it selects by; null where the controls name the profile.</summary>
    public string? Benchmark { get; private init; }

    /// <summary>The benchmark's version.</summary>
    public string? BenchmarkVersion { get; private init; }

    /// <summary>The values and severities that it sets.</summary>
    public ControlSettings Settings { get; private init; } = ControlSettings.None;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Whether a control belongs to it. Definitions that are not ours belong to every profile: they were asked for.</summary>
    public bool Includes(ControlDefinition control) =>
        control.IsPlain
        || (Benchmark is null
            ? control.Profiles.Contains(Name, StringComparer.OrdinalIgnoreCase)
            : control.Benchmarks.Any(reference =>
                string.Equals(reference.Benchmark, Benchmark, StringComparison.OrdinalIgnoreCase)
                && (BenchmarkVersion is null || string.Equals(reference.Version, BenchmarkVersion, StringComparison.OrdinalIgnoreCase))));

    /// <summary>Reads a profile, and holds its values against the parameters that there are.</summary>
    /// <exception cref="ControlFormatException">The file is not a profile.</exception>
    public static Profile Load(string path, ControlCatalog catalog)
    {
        List<ControlError> errors = new();
        JsonAt file = new(ControlJson.ReadFile(path, errors), "", path, errors);
        if (errors.Count > 0) throw new ControlFormatException(errors);

        file.Allow("name", "title", "description", "benchmark", "parameters", "severities");
        string name = file.Text("name");
        if (name != System.IO.Path.GetFileNameWithoutExtension(path))
        {
            file["name"].Fault($"The profile '{name}' is in the file '{System.IO.Path.GetFileName(path)}'.", $"Name the file '{name}.json'.");
        }

        JsonAt benchmark = file["benchmark"];
        if (benchmark.Exists) benchmark.Allow("name", "version");
        string? benchmarkName = benchmark.Exists ? benchmark.OneOf("name", BenchmarkNames.All.ToList()) : null;
        string? version = benchmark["version"].Exists ? benchmark.OneOf("version", BenchmarkNames.VersionsOf(benchmarkName!)) : null;
        ControlSettings values = ParameterFile.Read(file["parameters"], catalog);
        Dictionary<string, Severity> severities = ReadSeverities(file["severities"], catalog);
        if (errors.Count > 0) throw new ControlFormatException(errors);

        return new Profile(name, path)
        {
            Title = file.Text("title"),
            Description = file.Text("description"),
            Benchmark = benchmarkName,
            BenchmarkVersion = version,
            Settings = values.With(ControlSettings.Create(null, severities)),
        };
    }

    /// <summary>Reads every profile of a directory; what is wrong is noted, and the others load.</summary>
    public static IReadOnlyList<Profile> LoadAll(string directory, ControlCatalog catalog, List<ControlError> errors)
    {
        List<Profile> profiles = new();
        foreach (string path in Directory.EnumerateFiles(directory, "*.json").OrderBy(path => path, StringComparer.Ordinal))
        {
            try
            {
                profiles.Add(Load(path, catalog));
            }
            catch (ControlFormatException exception)
            {
                errors.AddRange(exception.Errors);
            }
        }

        return profiles;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Dictionary<string, Severity> ReadSeverities(JsonAt severities, ControlCatalog catalog)
    {
        Dictionary<string, Severity> result = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string id, JsonAt value) in severities.Members())
        {
            if (catalog.Find(id) is null)
            {
                value.Fault($"There is no control '{id}'.", NearestNames.Advice(id, catalog.Controls.Select(control => control.Id).ToList(), "Take the line out."));
            }

            string text = value.AsText();
            if (Enum.TryParse(text, out Severity severity) && Enum.IsDefined(typeof(Severity), severity))
            {
                result[id] = severity;
            }
            else
            {
                value.Fault($"'{text}' is not a severity.", $"Valid are {string.Join(", ", Enum.GetNames(typeof(Severity)))}.");
            }
        }

        return result;
    }
}
