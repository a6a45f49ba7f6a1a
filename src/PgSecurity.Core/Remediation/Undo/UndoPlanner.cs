using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Journal;
using PgSecurity.Core.Remediation.Planning;
using PgSecurity.Core.Remediation.Road;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Undo;

/// <summary>
/// Takes changes of journals back, newest first, on the same road. It looks three ways: what was before, what was set,
/// and what is there now; what somebody changed since is left alone.
/// </summary>
public static class UndoPlanner
{
    /// <summary>Whether a change has something to be taken back.</summary>
    public static bool IsMade(JournalEntry entry) => entry.Status is ChangeStatus.Changed or ChangeStatus.RestartRequired;

    /// <summary>The requests, one a server; what cannot be taken back is among them, refused with the reason.</summary>
    public static IReadOnlyList<ChangeRequest> Plan(IEnumerable<JournalEntry> entries, UndoOptions options) => entries
        .Where(IsMade)
        .GroupBy(entry => entry.Server)
        .Select(server => Request(server.Key, NewestFirst(server), options))
        .ToList();

    /// <summary>What cannot be taken back, and why: known before anything is sent.</summary>
    public static IReadOnlyList<string> Hopeless(IEnumerable<JournalEntry> entries)
    {
        List<string> reasons = new();
        foreach (JournalEntry entry in entries.Where(entry => IsMade(entry) && entry.Method != Service.WriteMethod.Post))
        {
            try
            {
                JournaledChange.Reverse(entry);
            }
            catch (RemediationException cannot)
            {
                reasons.Add($"{entry.Server.Name} {entry.Step}: {cannot.Message}");
            }
        }

        return reasons;
    }

    /// <summary>Of two that were begun in the same tick, the one that was written later comes first.</summary>
    internal static List<JournalEntry> NewestFirst(IEnumerable<JournalEntry> entries) =>
        entries.Reverse().OrderByDescending(entry => entry.Time).ToList();

    private static ChangeRequest Request(ServerId server, IReadOnlyList<JournalEntry> entries, UndoOptions options)
    {
        // A restart leaves nothing to put back: it is no part of an undo, though one may be needed again.
        List<JournalEntry> lasting = entries.Where(entry => entry.Method != Service.WriteMethod.Post).ToList();
        // Rows are read one by one: not every check that they are of is run again for them.
        List<string> facets = lasting
            .Where(entry => entry.Method != Service.WriteMethod.Sql)
            .SelectMany(entry => ParameterChange.GuardFacets(entry.TargetName).Append(entry.TargetType))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new ChangeRequest(server, facets, _ => lasting.Select(entry => Item(entry, options)).ToList());
    }

    private static ChangeItem Item(JournalEntry entry, UndoOptions options)
    {
        TargetChange made = JournaledChange.Of(entry);
        try
        {
            TargetChange back = JournaledChange.Reverse(entry);
            bool turnsPasswordsOn = back is ServerChange set && set.Sets("Enabled", "authConfig", "passwordAuth")
                && made is ServerChange off && off.Sets("Disabled", "authConfig", "passwordAuth");
            return new ChangeItem(back, Array.Empty<string>())
            {
                Undoes = entry.ChangeId,
                Drift = current => Drift(current, entry, made, back, options.Force),
                AddSecret = turnsPasswordsOn && options.Password is not null ? body => WithLogin(body, entry.Login, options.Password()) : null,
                Refusal = turnsPasswordsOn ? MissingSecret(entry, options) : "",
            };
        }
        catch (RemediationException cannot)
        {
            return new ChangeItem(made, Array.Empty<string>()) { Undoes = entry.ChangeId, Class = entry.Class, Refusal = cannot.Message };
        }
    }

    private static string? Drift(JsonObject? current, JournalEntry entry, TargetChange made, TargetChange back, bool force)
    {
        if (force) return null;
        try
        {
            if (back.Compose(current) is null) return null;
        }
        catch (RemediationException)
        {
            return null;
        }

        return made.IsDone(current, entry.Body)
            ? null
            : $"Somebody changed it since: it was set to {entry.To} and is {made.Describe(current, entry.Body)} now. -Force puts {entry.From} back all the same.";
    }

    private static string MissingSecret(JournalEntry entry, UndoOptions options)
    {
        if (entry.Login.Length == 0) return "The journal does not have the name of the server's login, without which passwords cannot be turned on.";
        return options.Password is null
            ? $"Passwords are turned on again only with a new password for the login '{entry.Login}': give it with -AdministratorPassword."
            : "";
    }

    private static JsonObject WithLogin(JsonObject body, string login, string password)
    {
        JsonObject properties = (JsonObject)body["properties"]!;
        properties["administratorLogin"] = login;
        properties["administratorLoginPassword"] = password;
        return body;
    }
}
