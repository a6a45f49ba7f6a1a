#if NET
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace PgSecurity.Loading;

/// <summary>
/// Where the cmdlets and their packages live on PowerShell 7, so that no other module's copy of a package is theirs and
/// none of theirs is another module's. Only this assembly, with the types a user can touch, is shared.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly string FrameworkDirectory = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";

    private readonly string _directory;

    public ModuleLoadContext(string directory)
        : base("PgSecurity", isCollectible: false) => _directory = directory;

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        Assembly shared = typeof(ModuleLoadContext).Assembly;
        if (assemblyName.Name == shared.GetName().Name) return shared;

        AssemblyName? ours = NameOfFile(_directory, assemblyName);
        if (ours is null || !AssemblyIdentity.Satisfies(ours, assemblyName)) return null;

        // A package's copy of what the runtime has must not hide the runtime's, whose types everybody else uses.
        AssemblyName? framework = NameOfFile(FrameworkDirectory, assemblyName);
        if (framework is not null && AssemblyIdentity.Satisfies(framework, ours)) return null;

        return LoadFromAssemblyPath(PathOf(_directory, assemblyName));
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (string name in new[] { unmanagedDllName, unmanagedDllName + ".dll", "lib" + unmanagedDllName + ".so", "lib" + unmanagedDllName + ".dylib" })
        {
            string path = Path.Combine(_directory, name);
            if (File.Exists(path)) return LoadUnmanagedDllFromPath(path);
        }

        return IntPtr.Zero;
    }

    private static AssemblyName? NameOfFile(string directory, AssemblyName wanted)
    {
        string path = PathOf(directory, wanted);
        return File.Exists(path) ? AssemblyName.GetAssemblyName(path) : null;
    }

    private static string PathOf(string directory, AssemblyName wanted) => Path.Combine(directory, wanted.Name + ".dll");
}
#endif
