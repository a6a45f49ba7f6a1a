using System;
using System.Linq;
using System.Reflection;

namespace PgSecurity.Loading;

/// <summary>Compares assembly names as a binder must: simple name, public key token, and a version that is not lower.</summary>
internal static class AssemblyIdentity
{
    /// <summary>Whether an assembly that is there may answer a request.</summary>
    public static bool Satisfies(AssemblyName have, AssemblyName wanted) =>
        string.Equals(have.Name, wanted.Name, StringComparison.OrdinalIgnoreCase)
        && (wanted.Version is null || (have.Version is not null && have.Version >= wanted.Version))
        && SameKey(have.GetPublicKeyToken(), wanted.GetPublicKeyToken());

    private static bool SameKey(byte[]? have, byte[]? wanted) =>
        wanted is null || wanted.Length == 0 || (have is not null && have.SequenceEqual(wanted));
}
