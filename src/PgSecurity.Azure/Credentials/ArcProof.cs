using System;
using System.IO;

namespace PgSecurity.Azure.Credentials;

/// <summary>
/// How Azure Arc has a caller prove that it is an administrator of the machine: the first request is refused and names a
/// file that only administrators can read; the second one carries the file's content (Microsoft Learn: "Authenticate
/// against Azure resources with Azure Arc-enabled servers"). Only a key file in Arc's own folder is ever read.
/// </summary>
internal static class ArcProof
{
    private const string Scheme = "Basic realm=";
    private const int LongestKey = 4096;

    /// <summary>Where the agent keeps its key files.</summary>
    internal static string Folder { get; } = Path.DirectorySeparatorChar == '\\'
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "AzureConnectedMachineAgent", "Tokens")
        : "/var/opt/azcmagent/tokens";

    /// <summary>The key that a refusal's <c>WWW-Authenticate</c> header asks for.</summary>
    /// <exception cref="CredentialException">The header names no key file of the folder, or it cannot be read.</exception>
    internal static string Read(string? challenge, string folder)
    {
        if (challenge is null || !challenge.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) throw new CredentialException("the refusal names no key file");
        try
        {
            FileInfo file = new(challenge.Substring(Scheme.Length).Trim().Trim('"'));
            bool isKey = string.Equals(file.DirectoryName, Path.GetFullPath(folder), StringComparison.OrdinalIgnoreCase)
                && string.Equals(file.Extension, ".key", StringComparison.OrdinalIgnoreCase);
            if (!isKey) throw new CredentialException("the refusal names a file that is no key of Azure Arc, which was not read");
            return file.Length > LongestKey ? throw new CredentialException("the key file is too long") : File.ReadAllText(file.FullName).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CredentialException("the key file cannot be read: run as an administrator, or as a member of the group himds", error);
        }
    }
}
