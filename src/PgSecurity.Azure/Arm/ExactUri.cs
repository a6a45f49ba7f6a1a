using System;

namespace PgSecurity.Azure.Arm;

/// <summary>
/// Makes an address that is sent byte for byte: the address of an operation is signed, and <see cref="Uri"/> otherwise
/// rewrites escapes that it holds to be needless. .NET Framework has no switch for it; the signatures seen hold no such escape.
/// </summary>
internal static class ExactUri
{
    internal static Uri Of(string address) =>
#if NET
        new(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
#else
        new(address);
#endif
}
