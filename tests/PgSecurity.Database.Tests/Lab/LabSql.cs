using System;
using System.IO;

namespace PgSecurity.Database.Tests.Lab;

/// <summary>The scripts that fill a lab, embedded beside this file.</summary>
public static class LabSql
{
    /// <summary>A script, with the lab's password where it says so.</summary>
    public static string Read(string name, string password)
    {
        using Stream stream = typeof(LabSql).Assembly.GetManifestResourceStream($"Lab/{name}.sql")
            ?? throw new InvalidOperationException($"There is no script {name}.sql.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Replace("{password}", password, StringComparison.Ordinal);
    }
}
