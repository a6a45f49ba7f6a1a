using System;
using System.IO;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>The scripts and settings that fill a lab, embedded beside this file.</summary>
public static class LabSql
{
    /// <summary>A script, with the lab's password where it says so.</summary>
    public static string Read(string name, string password) => ReadFile(name + ".sql").Replace("{password}", password, StringComparison.Ordinal);

    /// <summary>A file as it is.</summary>
    public static string ReadFile(string name)
    {
        using Stream stream = typeof(LabSql).Assembly.GetManifestResourceStream("Lab/" + name)
            ?? throw new InvalidOperationException($"There is no {name}.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
