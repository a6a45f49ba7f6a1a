using System;
using System.IO;

namespace PgSecurity.Sandbox.Tests.Fidelity;

/// <summary>Where recorded sessions are: the folder that <c>PGSECURITY_RECORDINGS</c> names, else that of the shared data.</summary>
internal static class Recordings
{
    private static readonly string? Chosen = Environment.GetEnvironmentVariable("PGSECURITY_RECORDINGS");

    /// <summary>Whether somebody named a folder, of which nobody knows how much there is in it.</summary>
    internal static bool AreChosen => !string.IsNullOrEmpty(Chosen);

    /// <summary>The folder, or null where there is none.</summary>
    /// <exception cref="DirectoryNotFoundException">A folder was named that is not there.</exception>
    internal static string? Folder { get; } = Find();

    private static string? Find()
    {
        if (AreChosen) return Directory.Exists(Chosen) ? Chosen : throw new DirectoryNotFoundException($"PGSECURITY_RECORDINGS names '{Chosen}', which is no folder.");
        string? shared = SharedData.Folder is null ? null : Path.Combine(SharedData.Folder, "recordings");
        return Directory.Exists(shared) ? shared : null;
    }
}
