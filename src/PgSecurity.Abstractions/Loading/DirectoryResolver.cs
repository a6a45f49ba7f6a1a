#if !NET
using System;
using System.IO;
using System.Reflection;

namespace PgSecurity.Loading;

/// <summary>
/// Windows PowerShell has no load contexts and no binding redirects: packages of the module that ask for a lower version
/// of a neighbour than is there would not load. This answers those requests, and no other: the asking assembly must come
/// from the module's own folder, and the answer too.
/// </summary>
internal sealed class DirectoryResolver
{
    private readonly string _directory;

    public DirectoryResolver(string directory) => _directory = directory;

    public void Start() => AppDomain.CurrentDomain.AssemblyResolve += Resolve;

    public void Stop() => AppDomain.CurrentDomain.AssemblyResolve -= Resolve;

    private Assembly? Resolve(object? sender, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { IsDynamic: false } asking || !IsOurs(asking)) return null;

        AssemblyName wanted = new(request.Name);
        string path = Path.Combine(_directory, wanted.Name + ".dll");
        if (!File.Exists(path)) return null;
        return AssemblyIdentity.Satisfies(AssemblyName.GetAssemblyName(path), wanted) ? Assembly.LoadFrom(path) : null;
    }

    private bool IsOurs(Assembly assembly) =>
        assembly.Location.Length > 0
        && string.Equals(Path.GetDirectoryName(assembly.Location), _directory, StringComparison.OrdinalIgnoreCase);
}
#endif
