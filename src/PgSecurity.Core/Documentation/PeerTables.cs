using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Documentation;

/// <summary>The checks of other tools and the controls that answer them, a table a tool, from what controls say that they replace.</summary>
public static class PeerTables
{
    /// <summary>Writes the tables, tools in the order of their names.</summary>
    /// <param name="catalog">The controls.</param>
    public static string Render(ControlCatalog catalog)
    {
        Markdown page = new();
        foreach (IGrouping<string, (string Peer, string Check, string Difference, ControlDefinition Control)> peer in Answers(catalog)
            .GroupBy(answer => answer.Peer, StringComparer.Ordinal)
            .OrderBy(peer => peer.Key, StringComparer.OrdinalIgnoreCase))
        {
            page.Heading(2, peer.Key).Table(new[] { "Its check", "Our controls", "What differs" }, Rows(peer));
        }

        return page.ToString();
    }

    private static IEnumerable<(string Peer, string Check, string Difference, ControlDefinition Control)> Answers(ControlCatalog catalog) =>
        catalog.Controls.SelectMany(control => control.Replaces.Select(check => (check.Peer, check.Check, check.Difference, control)));

    private static IEnumerable<string[]> Rows(IEnumerable<(string Peer, string Check, string Difference, ControlDefinition Control)> answers) =>
        answers.GroupBy(answer => answer.Check, StringComparer.Ordinal)
            .OrderBy(check => check.Key, StringComparer.OrdinalIgnoreCase)
            .Select(check => new[]
            {
                Markdown.Code(check.Key),
                string.Join(", ", check.Select(answer => $"[{answer.Control.Id}](../controls/{answer.Control.Id}.md)").Distinct(StringComparer.Ordinal)),
                Differences(check.Select(answer => (answer.Control.Id, answer.Difference)).Where(answer => answer.Difference.Length > 0).ToList()),
            });

    private static string Differences(IReadOnlyList<(string Id, string Text)> differences) =>
        differences.Select(difference => difference.Text).Distinct(StringComparer.Ordinal).Count() <= 1
            ? differences.Select(difference => difference.Text).FirstOrDefault() ?? ""
            : string.Join(" ", differences.Select(difference => $"{difference.Id}: {difference.Text}"));
}
