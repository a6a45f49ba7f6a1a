using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Controls;

/// <summary>The sections of the guide, in the order in which findings come, with the prefix of their controls' ids.</summary>
public static class ControlSections
{
    /// <summary>The section of definitions that are not of the catalogue.</summary>
    public const string Policy = "Policy";

    private static readonly KeyValuePair<string, string>[] Prefixes =
    {
        new("Network", "NET"), new("Identity", "IDN"), new("AccessControl", "ACC"), new("DataProtection", "DAT"),
        new("Logging", "LOG"), new("Backup", "BCK"), new("Platform", "PLT"),
    };

    /// <summary>The sections of the catalogue.</summary>
    public static IReadOnlyList<string> All { get; } = Prefixes.Select(pair => pair.Key).ToArray();

    /// <summary>The prefix of the ids of a section, such as <c>NET</c>; empty for a section that there is not.</summary>
    public static string PrefixOf(string section) =>
        Prefixes.Where(pair => pair.Key == section).Select(pair => pair.Value).FirstOrDefault() ?? "";

    /// <summary>The place of a section in the order; those of others come last.</summary>
    public static int OrderOf(string section)
    {
        int index = Array.FindIndex(Prefixes, pair => string.Equals(pair.Key, section, StringComparison.OrdinalIgnoreCase));
        return index < 0 ? Prefixes.Length : index;
    }

    /// <summary>A section's name as a heading: <c>Access control</c>.</summary>
    public static string TitleOf(string section) => section switch
    {
        "AccessControl" => "Access control",
        "DataProtection" => "Data protection",
        _ => section,
    };
}
