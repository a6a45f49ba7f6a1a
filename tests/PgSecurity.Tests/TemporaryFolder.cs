using System;
using System.IO;

namespace PgSecurity.Tests;

/// <summary>A folder that is gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("pgsecurity-").FullName;

    /// <summary>A folder that a session is in.</summary>
    public static TemporaryFolder CurrentOf(ModuleSession session)
    {
        TemporaryFolder folder = new();
        session.Go(folder.FullPath);
        return folder;
    }

    public string Write(string name, string text)
    {
        string path = Path.Combine(FullPath, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
