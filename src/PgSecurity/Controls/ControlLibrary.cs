using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using PgSecurity.Core.Controls;

namespace PgSecurity.Controls;

/// <summary>The controls and profiles that ship with the module. Immutable.</summary>
internal sealed class ControlLibrary
{
    private ControlLibrary(ControlCatalog catalog, IReadOnlyList<Profile> profiles, IReadOnlyList<ControlError> errors)
    {
        Catalog = catalog;
        Profiles = profiles;
        Errors = errors;
    }

    /// <summary>The controls.</summary>
    public ControlCatalog Catalog { get; }

    /// <summary>The profiles.</summary>
    public IReadOnlyList<Profile> Profiles { get; }

    /// <summary>What is wrong with files that were left out.</summary>
    public IReadOnlyList<ControlError> Errors { get; }

    /// <summary>Reads the files of the module.</summary>
    public static ControlLibrary Load()
    {
        ControlCatalog catalog = ControlCatalog.Load(ModuleFiles.Controls);
        List<ControlError> errors = new(catalog.Errors);
        IReadOnlyList<Profile> profiles = Directory.Exists(ModuleFiles.Profiles)
            ? Profile.LoadAll(ModuleFiles.Profiles, catalog, errors)
            : Array.Empty<Profile>();
        return new ControlLibrary(catalog, profiles, errors);
    }

    /// <summary>The profile of a name (case-insensitive), or null.</summary>
    public Profile? FindProfile(string name) =>
        Profiles.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));
}
