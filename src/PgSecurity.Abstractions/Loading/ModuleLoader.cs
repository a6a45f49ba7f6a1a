using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;

namespace PgSecurity.Loading;

/// <summary>
/// Loads the cmdlets' assembly for <c>PgSecurity.psm1</c>: into a load context of its own on PowerShell 7, beside a
/// narrow resolver on Windows PowerShell. Loading the same folder again gives the same assembly.
/// </summary>
public static class ModuleLoader
{
    private const string ModuleAssembly = "PgSecurity.dll";

#if NET
    private static readonly ConcurrentDictionary<string, ModuleLoadContext> Contexts = new(StringComparer.Ordinal);

    /// <summary>Loads the cmdlets' assembly.</summary>
    /// <param name="directory">The folder of the module's assemblies for this runtime.</param>
    public static Assembly Load(string directory)
    {
        string full = Path.GetFullPath(directory);
        return Contexts.GetOrAdd(full, static folder => new ModuleLoadContext(folder))
            .LoadFromAssemblyPath(Path.Combine(full, ModuleAssembly));
    }

    /// <summary>Nothing to undo: a load context stays until the process ends.</summary>
    /// <param name="directory">The folder that was given to <see cref="Load"/>.</param>
    public static void Unload(string directory)
    {
    }
#else
    private static readonly ConcurrentDictionary<string, DirectoryResolver> Resolvers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Loads the cmdlets' assembly.</summary>
    /// <param name="directory">The folder of the module's assemblies for this runtime.</param>
    public static Assembly Load(string directory)
    {
        string full = Path.GetFullPath(directory);
        DirectoryResolver resolver = new(full);
        if (Resolvers.TryAdd(full, resolver)) resolver.Start();
        return Assembly.LoadFrom(Path.Combine(full, ModuleAssembly));
    }

    /// <summary>Stops answering requests for the module's neighbours.</summary>
    /// <param name="directory">The folder that was given to <see cref="Load"/>.</param>
    public static void Unload(string directory)
    {
        if (Resolvers.TryRemove(Path.GetFullPath(directory), out DirectoryResolver? resolver)) resolver.Stop();
    }
#endif
}
