using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Guards;

/// <summary>A parameter must be writable, and its new value one that this server allows today.</summary>
internal sealed class ParameterGuard : IGuard
{
    public IEnumerable<GuardVerdict> Judge(GuardedChange change)
    {
        if (change.Change is not ParameterChange || change.Current is null) yield break;
        if (GuardedChange.Is(ParameterChange.Property(change.Current, "isReadOnly"), "true"))
        {
            yield return GuardVerdict.Refuse("parameter", $"'{change.Change.Name}' is read-only on this server.");
            yield break;
        }

        string value = ParameterChange.ValueOf(change.Body);
        string allowed = ParameterChange.Property(change.Current, "allowedValues");
        string current = ParameterChange.Property(change.Current, "value");
        if (Wrong(ParameterChange.Property(change.Current, "dataType"), value, allowed, current) is string wrong)
        {
            yield return GuardVerdict.Refuse("parameter", $"'{change.Change.Name}' may not be '{value}' on this server: {wrong}");
        }
    }

    private static string? Wrong(string type, string value, string allowed, string current)
    {
        if (allowed.Length == 0) return null;
        switch (type.ToUpperInvariant())
        {
            case "BOOLEAN":
            case "ENUMERATION":
                return ParameterList.Members(allowed).Contains(value, StringComparer.OrdinalIgnoreCase) || (value.Length == 0 && Opens(allowed))
                    ? null
                    : $"allowed are {allowed}.";
            case "SET":
                // What is there already was taken once: it is for the service to say no to it.
                List<string> strange = ParameterList.Members(value)
                    .Except(ParameterList.Members(allowed), StringComparer.OrdinalIgnoreCase)
                    .Except(ParameterList.Members(current), StringComparer.OrdinalIgnoreCase)
                    .ToList();
                return strange.Count == 0 ? null : $"{string.Join(", ", strange)} is not among {Shortened(allowed)}.";
            case "INTEGER":
            case "NUMERIC":
                return InRange(value, allowed) ? null : $"allowed is {allowed}.";
            default:
                return MatchesAll(value, allowed) ? null : $"it must match {Shortened(allowed)}.";
        }
    }

    private static bool Opens(string allowed) => allowed[0] == ',' || allowed[allowed.Length - 1] == ',';

    private static bool InRange(string value, string allowed)
    {
        Match range = Regex.Match(allowed, @"^\s*(-?[\d.]+)\s*-\s*(-?[\d.]+)\s*$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        if (!range.Success) return ParameterList.Members(allowed).Contains(value, StringComparer.OrdinalIgnoreCase) || !Number(allowed, out _);
        return Number(value, out double number)
            && Number(range.Groups[1].Value, out double lowest)
            && Number(range.Groups[2].Value, out double highest)
            && number >= lowest && number <= highest;
    }

    private static bool Number(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    private static bool MatchesAll(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, "^(?:" + pattern + ")$", RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            // Not a pattern that .NET knows: the service is the one to say no.
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static string Shortened(string allowed) => allowed.Length <= 200 ? allowed : allowed.Substring(0, 200) + "…";
}
