using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Activity;

/// <summary>
/// The conditions that the activity log takes: a span of time, and one of resource group, resource, provider or correlation.
/// Anything else is refused, as the service does.
/// </summary>
internal sealed class ActivityFilter
{
    private static readonly Regex Condition = new("^\\s*(?<name>[A-Za-z]+)\\s+(?<operator>ge|le|eq)\\s+'?(?<value>[^']*)'?\\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    private static readonly Regex And = new("\\s+and\\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private string _member = string.Empty;
    private string _value = string.Empty;

    private ActivityFilter()
    {
    }

    /// <summary>The beginning; the least time where none is given.</summary>
    internal DateTimeOffset From { get; private set; }

    /// <summary>The end.</summary>
    internal DateTimeOffset To { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Reads a filter; null where it is not one that the service takes, or has no beginning.</summary>
    internal static ActivityFilter? Read(string text)
    {
        ActivityFilter filter = new();
        foreach (string part in And.Split(text))
        {
            Match match = Condition.Match(part);
            if (!match.Success || !filter.Take(match.Groups["name"].Value, match.Groups["operator"].Value.ToUpperInvariant(), match.Groups["value"].Value)) return null;
        }

        return filter.From == default ? null : filter;
    }

    /// <summary>Whether an event passes.</summary>
    internal bool Passes(JsonObject one)
    {
        DateTimeOffset at = DateTimeOffset.Parse(one.Text("eventTimestamp")!, CultureInfo.InvariantCulture);
        if (at < From || at > To) return false;
        return _member.ToUpperInvariant() switch
        {
            "" => true,
            "RESOURCEPROVIDER" => ArmPath.Same(one.Text("resourceProviderName", "value"), _value),
            "RESOURCEURI" => ArmPath.Same(one.Text("resourceId"), _value),
            "RESOURCEGROUPNAME" => ArmPath.Same(one.Text("resourceGroupName"), _value),
            _ => ArmPath.Same(one.Text("correlationId"), _value),
        };
    }

    private bool Take(string name, string comparison, string value)
    {
        if (ArmPath.Same(name, "eventTimestamp"))
        {
            if (!DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) || comparison == "EQ") return false;
            if (comparison == "GE") From = time;
            else To = time;
            return true;
        }

        if (ArmPath.Same(name, "eventChannels")) return comparison == "EQ";
        bool known = new[] { "resourceGroupName", "resourceUri", "resourceProvider", "correlationId" }.Contains(name, StringComparer.OrdinalIgnoreCase);
        if (!known || comparison != "EQ" || _member.Length > 0) return false;
        _member = name;
        _value = value;
        return true;
    }
}
