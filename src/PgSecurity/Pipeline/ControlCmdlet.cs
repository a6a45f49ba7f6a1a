using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using PgSecurity.Binding;
using PgSecurity.Controls;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Errors;

namespace PgSecurity.Pipeline;

/// <summary>A cmdlet that selects controls: the parameters for it, and what they come to.</summary>
public abstract class ControlCmdlet : PgCmdlet
{
    /// <summary>Sections of the guide; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SectionCompleter))]
    public string[] Section { get; set; } = Array.Empty<string>();

    /// <summary>The severities wanted.</summary>
    [Parameter]
    public Severity[] Severity { get; set; } = Array.Empty<Severity>();

    /// <summary>Named sets of controls and values.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = Array.Empty<string>();

    /// <summary>Benchmarks by name, name and version, or with a recommendation's number; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(BenchmarkCompleter))]
    public string[] Benchmark { get; set; } = Array.Empty<string>();

    /// <summary>Files of Azure Policy definitions; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    public string[] PolicyDefinition { get; set; } = Array.Empty<string>();

    /// <summary>Files with values for the controls' parameters, in the format in which Azure Policy assigns them.</summary>
    [Parameter]
    public string[] ParameterFile { get; set; } = Array.Empty<string>();

    /// <summary>Values for the controls' parameters by name; they come before those of the files.</summary>
    [Parameter]
    public Hashtable? Parameter { get; set; }

    /// <summary>The ids asked for, with wildcards.</summary>
    private protected abstract IReadOnlyList<string> Ids { get; }

    /// <summary>What is used where no profile, id, benchmark or definition is asked for; null for every control.</summary>
    private protected abstract string? DefaultProfile { get; }

    /// <summary>The module's controls, with the definitions that were asked for.</summary>
    private protected ControlCatalog LoadCatalog()
    {
        ControlLibrary library = RunspaceState.Current.Library;
        foreach (ControlError error in library.Errors)
        {
            WriteError(ErrorRecords.DefinitionInvalid("ControlInvalid", error));
        }

        if (PolicyDefinition.Length == 0) return library.Catalog;

        ControlCatalog catalog = library.Catalog.WithDefinitions(FilePaths.Resolve(this, PolicyDefinition));
        foreach (ControlError error in catalog.Errors.Skip(library.Catalog.Errors.Count))
        {
            WriteError(ErrorRecords.DefinitionInvalid("PolicyDefinitionInvalid", error));
        }

        return catalog;
    }

    /// <summary>The profiles asked for, or the default one where nothing narrower is.</summary>
    private protected IReadOnlyList<Profile> SelectedProfiles()
    {
        IEnumerable<string> names = Profile;
        if (Profile.Length == 0)
        {
            bool isNarrower = Ids.Count > 0 || Benchmark.Length > 0 || PolicyDefinition.Length > 0;
            names = isNarrower || DefaultProfile is null ? Array.Empty<string>() : new[] { DefaultProfile };
        }

        return names.Select(FindProfile).ToList();
    }

    /// <summary>The values in force: those of the profiles, over them the files', over them those at the prompt.</summary>
    private protected ControlSettings Settings(ControlCatalog catalog, IReadOnlyList<Profile> profiles)
    {
        try
        {
            ControlSettings settings = profiles.Aggregate(ControlSettings.None, (all, profile) => all.With(profile.Settings));
            foreach (string path in FilePaths.Resolve(this, ParameterFile))
            {
                settings = settings.With(Core.Controls.ParameterFile.Load(path, catalog));
            }

            return Parameter is null ? settings : settings.With(Core.Controls.ParameterFile.Of(Values(Parameter), "-Parameter", catalog));
        }
        catch (ControlFormatException wrong)
        {
            // With other values than those that were meant, every outcome would be wrong: nothing may go on.
            ThrowTerminatingError(ErrorRecords.ParametersInvalid(wrong));
            throw;
        }
    }

    /// <summary>The controls that are wanted; a name that nothing answers is an error of its own.</summary>
    private protected IReadOnlyList<ControlDefinition> SelectControls(
        ControlCatalog catalog, IReadOnlyList<Profile> profiles, ControlSettings settings, IReadOnlyList<string> ids)
    {
        ControlSelection selection = new()
        {
            Ids = ids,
            Sections = Section,
            Severities = Severity,
            Profiles = profiles,
            Benchmarks = Benchmark,
        };
        foreach (string stranger in catalog.Unmatched(selection))
        {
            WriteError(ErrorRecords.NameUnknown("ControlNotFound", stranger, "Get-PgSecurityControl lists what there is; Tab completes names."));
        }

        bool onlyDefinitions = PolicyDefinition.Length > 0 && Profile.Length == 0 && ids.Count == 0 && Benchmark.Length == 0;
        IEnumerable<ControlDefinition> selected = catalog.Select(selection, settings);
        return onlyDefinitions ? selected.Where(control => control.IsPlain).ToList() : selected.ToList();
    }

    /// <summary>The controls that are wanted, with the values in force; one that does not compile is an error of its own.</summary>
    private protected IReadOnlyList<CompiledControl> CompileSelected(IReadOnlyList<string> ids)
    {
        ControlCatalog catalog = LoadCatalog();
        IReadOnlyList<Profile> profiles = SelectedProfiles();
        ControlSettings settings = Settings(catalog, profiles);
        List<CompiledControl> compiled = new();
        foreach (ControlDefinition control in SelectControls(catalog, profiles, settings, ids))
        {
            try
            {
                compiled.Add(CompiledControl.Compile(control, settings));
            }
            catch (ControlFormatException wrong)
            {
                foreach (ControlError error in wrong.Errors)
                {
                    WriteError(ErrorRecords.DefinitionInvalid("ControlInvalid", error));
                }
            }
        }

        return compiled;
    }

    /// <summary>The exemptions of files, with a warning of those that expired or soon will.</summary>
    private protected ExemptionSet LoadExemptions(IReadOnlyList<string> paths)
    {
        ExemptionSet exemptions = FilePaths.Resolve(this, paths)
            .Aggregate(ExemptionSet.None, (all, path) => all.With(ExemptionFile.Load(path)));
        foreach (ControlError error in exemptions.Errors)
        {
            WriteError(ErrorRecords.DefinitionInvalid("ExemptionInvalid", error));
        }

        foreach (string warning in exemptions.Warnings(DateTimeOffset.UtcNow))
        {
            WriteWarning(warning);
        }

        return exemptions;
    }

    private Profile FindProfile(string name)
    {
        ControlLibrary library = RunspaceState.Current.Library;
        if (library.FindProfile(name) is { } profile) return profile;

        ThrowTerminatingError(ErrorRecords.ProfileNotFound(name, library.Profiles.Select(known => known.Name).ToList()));
        throw new InvalidOperationException();
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Values(Hashtable table)
    {
        foreach (DictionaryEntry entry in table)
        {
            using JsonDocument value = JsonDocument.Parse(ObjectJson.Write(entry.Value));
            yield return new KeyValuePair<string, JsonElement>(entry.Key.ToString() ?? "", value.RootElement.Clone());
        }
    }
}
