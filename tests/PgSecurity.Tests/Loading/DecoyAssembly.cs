using System;
using System.IO;
using System.Reflection;
using System.Reflection.Emit;

namespace PgSecurity.Tests.Loading;

/// <summary>An assembly with the name of one that the module or the runtime has, another version, and one other type.</summary>
internal static class DecoyAssembly
{
    /// <summary>Writes it into a folder and gives its path.</summary>
    public static string Write(string folder, string name, Version version)
    {
        PersistedAssemblyBuilder assembly = new(new AssemblyName(name) { Version = version }, typeof(object).Assembly);
        assembly.DefineDynamicModule(name).DefineType("Decoy", TypeAttributes.Public).CreateType();
        string path = Path.Combine(folder, name + ".dll");
        assembly.Save(path);
        return path;
    }
}
