using System;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Tests.BuiltInPolicies;

/// <summary>One value as a reader of the JSON sees it: a text, nothing, or not known. Written apart from the engine.</summary>
public readonly record struct Cell(string? Text, bool IsUnknown)
{
    public static readonly Cell Unknown = new(null, true);

    public static readonly Cell Absent = new(null, false);

    public bool IsAbsent => Text is null && !IsUnknown;

    public Truth Exists => IsUnknown ? Truth.Unknown : (Text is not null).ToTruth();

    public Truth Is(params string[] texts) => Test(text => Array.Exists(texts, one => one.Equals(text, StringComparison.OrdinalIgnoreCase)));

    public Truth Contains(string part) => Test(text => text.Contains(part, StringComparison.OrdinalIgnoreCase));

    public Truth Test(Func<string, bool> test) => IsUnknown ? Truth.Unknown : (Text is not null && test(Text)).ToTruth();
}
