using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Findings;

/// <summary>
/// Reads exemptions: a JSON array of <c>{ name, scope, controls, reason, owner, expiresOn }</c>, and
/// optionally <c>createdOn</c>. A broken entry exempts
/// nothing and is an error with its index; the others stand.
/// </summary>
public static class ExemptionFile
{
    private const int DayLength = 10;

    /// <summary>Reads a file.</summary>
    public static ExemptionSet Load(string path)
    {
        List<ControlError> errors = new();
        JsonElement root = ControlJson.ReadFile(path, errors);
        return Read(root, path, errors);
    }

    /// <summary>Reads a text, as <see cref="Load"/> reads a file.</summary>
    public static ExemptionSet Parse(string json, string source)
    {
        List<ControlError> errors = new();
        JsonElement root = ControlJson.Parse(json, source, errors);
        return Read(root, source, errors);
    }

    private static ExemptionSet Read(JsonElement root, string source, List<ControlError> errors)
    {
        List<Exemption> exemptions = new();
        if (errors.Count > 0) return new ExemptionSet(exemptions, errors);

        foreach (JsonAt entry in new JsonAt(root, "", source, errors).Items())
        {
            int faults = errors.Count;
            Exemption? exemption = ReadEntry(entry, source);
            if (errors.Count == faults && exemption is not null) exemptions.Add(exemption);
        }

        return new ExemptionSet(exemptions, errors);
    }

    private static Exemption? ReadEntry(JsonAt entry, string source)
    {
        entry.Allow("name", "scope", "controls", "reason", "owner", "expiresOn", "createdOn");
        string scope = entry.Text("scope");
        bool isId = scope.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) || Wildcard.IsPattern(scope);
        if (scope.Length > 0 && !isId)
        {
            entry["scope"].Fault($"'{scope}' is not an ARM id or a pattern of one.", "It begins with /subscriptions/, or has a * in it.");
        }

        IReadOnlyList<string> controls = entry.Texts("controls");
        if (controls.Count == 0) entry["controls"].Fault("No control is named.", "Give an array of ids; NET-* is the whole section, * every control.");
        if (!TryReadEnd(entry.Text("expiresOn"), out DateTimeOffset expiresOn))
        {
            entry["expiresOn"].Fault("This is not a date.", "Write it as 2027-01-31 or 2027-01-31T12:00:00Z.");
        }

        string created = entry.OptionalText("createdOn");
        DateTimeOffset? createdOn = null;
        if (created.Length > 0)
        {
            if (TryReadMoment(created, out DateTimeOffset moment)) createdOn = moment;
            else entry["createdOn"].Fault("This is not a date.", "Write it as 2027-01-31 or 2027-01-31T12:00:00Z.");
        }

        return new Exemption
        {
            Name = entry.Text("name"),
            Scope = scope.TrimEnd('/'),
            Controls = controls,
            Reason = entry.Text("reason"),
            Owner = entry.Text("owner"),
            ExpiresOn = expiresOn,
            CreatedOn = createdOn,
            Source = source,
        };
    }

    private static bool TryReadEnd(string text, out DateTimeOffset end)
    {
        if (!TryReadMoment(text, out end)) return false;
        if (text.Length > DayLength) return true;
        if (end.Date == DateTime.MaxValue.Date) return false;
        end = end.AddDays(1);
        return true;
    }

    /// <summary>A moment, or the beginning of a day in UTC.</summary>
    private static bool TryReadMoment(string text, out DateTimeOffset moment)
    {
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, Utc, out moment)) return true;
        return text.Length > DayLength && text[DayLength] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out moment);
    }
}
