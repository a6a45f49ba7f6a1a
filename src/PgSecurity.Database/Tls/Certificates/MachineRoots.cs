using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PgSecurity.Database.Tls.Certificates;

/// <summary>The roots that this machine and this user trust.</summary>
internal static class MachineRoots
{
    /// <summary>Reads them. Some that cannot be read are left out.</summary>
    /// <exception cref="CryptographicException">The store cannot be opened.</exception>
    public static IReadOnlyList<Certificate> Read()
    {
        Dictionary<string, Certificate> found = new(StringComparer.Ordinal);
        foreach (StoreLocation location in new[] { StoreLocation.LocalMachine, StoreLocation.CurrentUser })
        {
            using X509Store store = new(StoreName.Root, location);
            try
            {
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
            }
            catch (CryptographicException) when (location == StoreLocation.CurrentUser)
            {
                continue;
            }

            foreach (X509Certificate2 entry in store.Certificates)
            {
                Add(found, entry.RawData);
                entry.Dispose();
            }
        }

        return new List<Certificate>(found.Values);
    }

    private static void Add(Dictionary<string, Certificate> found, byte[] der)
    {
        try
        {
            Certificate certificate = Certificate.Read(der);
            found[certificate.Sha256] = certificate;
        }
        catch (FormatException)
        {
            // An entry that is not a certificate of today's form trusts nothing that a server sends.
        }
    }
}
