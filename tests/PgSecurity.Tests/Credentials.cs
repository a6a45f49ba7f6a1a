using System;
using System.IO;
using System.Linq;

namespace PgSecurity.Tests;

/// <summary>Whether this machine may hold a credential of Azure: what is tested without one is not tested there.</summary>
internal static class Credentials
{
    private static readonly string[] Variables = { "IDENTITY_ENDPOINT", "MSI_ENDPOINT", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_ID" };

    /// <summary>Whether it may.</summary>
    public static bool MayBeThere { get; } =
        Variables.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            .Any(folder => File.Exists(Path.Combine(folder, "az")) || File.Exists(Path.Combine(folder, "az.cmd")));
}
