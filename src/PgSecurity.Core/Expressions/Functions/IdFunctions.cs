using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PgSecurity.Core.Expressions.Functions;

/// <summary>Functions that make names and ids from their arguments.</summary>
internal static class IdFunctions
{
    /// <summary>The namespace of <c>guid()</c>, which Microsoft documents.</summary>
    private static readonly byte[] GuidNamespace =
    [
        0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30,
    ];

    public static readonly ExpressionFunction[] All =
    [
        new("uniqueString", 1, int.MaxValue, static (a, _) => ExpressionValue.From(UniqueString.Of(Joined(a)))),
        new("guid", 1, int.MaxValue, static (a, _) => ExpressionValue.From(NameBasedGuid(Joined(a)))),
        new("newGuid", 0, 0, static (_, _) => ExpressionValue.Unknown("newGuid() is different at every deployment"))
        {
            AsksScopeFirst = true,
        },
        new("extensionResourceId", 3, int.MaxValue, static (a, _) =>
            ExpressionValue.From(a[0].Text.TrimEnd('/') + Provider(a.Slice(1)))),
        new("tenantResourceId", 2, int.MaxValue, static (a, _) => ExpressionValue.From(Provider(a))),
    ];

    /// <summary>The part of an id from <c>/providers</c> on, of a type and one name for each segment of it.</summary>
    internal static string Provider(ReadOnlySpan<ExpressionValue> typeAndNames)
    {
        string[] type = typeAndNames[0].Text.Split('/');
        List<string> names = new();
        for (int i = 1; i < typeAndNames.Length; i++)
        {
            names.AddRange(typeAndNames[i].Text.Split('/'));
        }

        if (type.Length < 2 || names.Count != type.Length - 1)
        {
            throw new FunctionFailure("the type does not have as many segments as there are names");
        }

        return $"/providers/{type[0]}/" + string.Join("/", names.Select((name, i) => $"{type[i + 1]}/{name}"));
    }

    private static string Joined(ReadOnlySpan<ExpressionValue> arguments)
    {
        List<string> texts = new();
        foreach (ref readonly ExpressionValue argument in arguments)
        {
            texts.Add(StringFunctions.ToText(argument));
        }

        return string.Join("-", texts);
    }

    /// <summary>A GUID of version 5 (RFC 9562): SHA-1 because the standard says so, not for security.</summary>
#pragma warning disable CA5350
    private static string NameBasedGuid(string name)
    {
        using SHA1 sha = SHA1.Create();
        byte[] hash = sha.ComputeHash(GuidNamespace.Concat(Encoding.UTF8.GetBytes(name)).ToArray());
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        string hex = string.Concat(hash.Take(16).Select(b => b.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        return $"{hex.Substring(0, 8)}-{hex.Substring(8, 4)}-{hex.Substring(12, 4)}-{hex.Substring(16, 4)}-{hex.Substring(20)}";
    }
#pragma warning restore CA5350
}
