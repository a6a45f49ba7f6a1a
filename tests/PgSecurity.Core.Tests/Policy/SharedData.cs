using System;
using System.IO;

namespace PgSecurity.Core.Tests.Policy;

/// <summary>Real material beside the repository, where it is there.</summary>
internal static class SharedData
{
    /// <summary>A folder of it; null where it is absent.</summary>
    public static string? Folder(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = Path.Combine(at.FullName, "shared", "data", name);
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
