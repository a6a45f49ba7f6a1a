using System;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PgSecurity.Core.Reports;

/// <summary>Names that are the same for the same thing in every report.</summary>
internal static class StableId
{
    /// <summary>The namespace of the UUIDs that are made here; made once, at random, and never changed.</summary>
    private static readonly Guid Space = new("6b2f5c0e-6d0a-4f0c-9b43-0a7d0f5d9c11");

    /// <summary>A fingerprint of a server's control. ARM's ids differ in case only, so case does not count.</summary>
    public static string Fingerprint(string resourceId, string controlId)
    {
        using SHA256 hash = SHA256.Create();
        byte[] bytes = hash.ComputeHash(Encoding.UTF8.GetBytes(Key(resourceId, controlId)));
        return string.Concat(bytes.Take(16).Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>A UUID of version 5 (RFC 9562) of a name in parts.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "SHA-1 is what version 5 is made with; nothing is protected by it.")]
    public static Guid Uuid(params string[] parts)
    {
        byte[] space = Swapped(Space.ToByteArray());
        byte[] name = Encoding.UTF8.GetBytes(Key(parts));
        using SHA1 hash = SHA1.Create();
        byte[] digest = hash.ComputeHash(space.Concat(name).ToArray());
        byte[] id = digest.Take(16).ToArray();
        id[6] = (byte)((id[6] & 0x0F) | 0x50);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(Swapped(id));
    }

    private static string Key(params string[] parts) => string.Join("\n", parts.Select(part => ReportJson.Sound(part).ToLowerInvariant()));

    /// <summary>Between the order of RFC 9562 and that of <see cref="Guid"/>, whose first three fields are little-endian.</summary>
    private static byte[] Swapped(byte[] bytes)
    {
        byte[] other = (byte[])bytes.Clone();
        Array.Reverse(other, 0, 4);
        Array.Reverse(other, 4, 2);
        Array.Reverse(other, 6, 2);
        return other;
    }
}
