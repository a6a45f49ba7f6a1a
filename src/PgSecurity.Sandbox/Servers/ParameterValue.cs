using System;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PgSecurity.Sandbox.Estate;

namespace PgSecurity.Sandbox.Servers;

/// <summary>
/// Whether a parameter takes a value, by its data type and allowed values: a list after commas (of a Set any members of
/// it, of an Enumeration or Boolean one), a range <c>lo-hi</c>, or a pattern. A default that is not allowed is refused
/// like any other value.
/// </summary>
internal static class ParameterValue
{
    private static readonly Regex Range = new(@"^\s*(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)\s*$", RegexOptions.CultureInvariant);

    internal static bool IsAllowed(JsonObject properties, string value)
    {
        string allowed = properties.Text("allowedValues") ?? string.Empty;
        switch ((properties.Text("dataType") ?? "String").ToLowerInvariant())
        {
            case "boolean":
            case "enumeration":
                return Members(allowed).Any(member => ArmPath.Same(member, value.Trim()));
            case "set":
                string[] members = Members(allowed);
                return value.Length == 0 || Members(value).All(item => item.Length == 0 || members.Any(member => ArmPath.Same(member, item)));
            case "integer":
            case "numeric":
                return IsNumber(allowed, value);
            default:
                return MatchesPattern(allowed, value);
        }
    }

    private static string[] Members(string list) => list.Split(',').Select(member => member.Trim()).ToArray();

    private static bool IsNumber(string allowed, string value)
    {
        bool isNumber = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number);
        foreach (string part in allowed.Split(','))
        {
            Match range = Range.Match(part);
            if (!range.Success)
            {
                if (ArmPath.Same(part.Trim(), value)) return true;
                continue;
            }

            double low = double.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture);
            double high = double.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture);
            if (isNumber && number >= low && number <= high) return true;
        }

        return isNumber && allowed.Trim().Length == 0;
    }

    private static bool MatchesPattern(string allowed, string value)
    {
        if (allowed.Length == 0) return true;
        try
        {
            return Regex.IsMatch(value, "^(?:" + allowed + ")$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (Exception fault) when (fault is ArgumentException or RegexMatchTimeoutException)
        {
            // Some patterns of the listing are not .NET's; the service would take what they say, and this cannot tell.
            return true;
        }
    }
}
