using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Findings;

/// <summary>
/// Adds findings up to scores: of the estate, of each section, of each server and of each section of a server. Keeps
/// counts only, so that an estate of any size fits. Not for several threads at once.
/// </summary>
public sealed class ScoreBoard
{
    private readonly Tally _estate = new();
    private readonly Dictionary<string, SectionTally> _sections = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ServerTally> _servers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ServerTally> _order = new();

    /// <summary>Counts a finding.</summary>
    public void Add(Finding finding)
    {
        if (!_servers.TryGetValue(finding.ResourceId, out ServerTally? server))
        {
            server = new ServerTally(finding.ResourceId, finding.ServerName);
            _servers.Add(finding.ResourceId, server);
            _order.Add(server);
        }

        _estate.Add(finding.Outcome, finding.Severity);
        server.Whole.Add(finding.Outcome, finding.Severity);
        SectionTally section = SectionOf(_sections, finding.Section);
        section.Tally.Add(finding.Outcome, finding.Severity);
        section.Servers.Add(finding.ResourceId);
        SectionOf(server.Sections, finding.Section).Tally.Add(finding.Outcome, finding.Severity);
    }

    /// <summary>The score of everything.</summary>
    public SecurityScore Estate() => _estate.ToScore("Estate", "", "", "", _order.Count);

    /// <summary>The score of each section over all servers, in the order of the guide.</summary>
    public IReadOnlyList<SecurityScore> Sections() => Ordered(_sections)
        .Select(section => section.Tally.ToScore("Section", "", "", section.Name, section.Servers.Count))
        .ToList();

    /// <summary>The score of each server, in the order of their first findings.</summary>
    public IReadOnlyList<SecurityScore> Servers() => _order
        .Select(server => server.Whole.ToScore("Server", server.ResourceId, server.Name, "", 1))
        .ToList();

    /// <summary>The score of each section of each server.</summary>
    public IReadOnlyList<SecurityScore> ServerSections() => _order
        .SelectMany(server => Ordered(server.Sections)
            .Select(section => section.Tally.ToScore("ServerSection", server.ResourceId, server.Name, section.Name, 1)))
        .ToList();

    private static IEnumerable<SectionTally> Ordered(Dictionary<string, SectionTally> sections) => sections.Values
        .OrderBy(section => ControlSections.OrderOf(section.Name))
        .ThenBy(section => section.Name, StringComparer.Ordinal);

    private static SectionTally SectionOf(Dictionary<string, SectionTally> sections, string name)
    {
        if (!sections.TryGetValue(name, out SectionTally? section))
        {
            section = new SectionTally(name);
            sections.Add(name, section);
        }

        return section;
    }

    private sealed class SectionTally(string name)
    {
        public string Name { get; } = name;

        public Tally Tally { get; } = new();

        public HashSet<string> Servers { get; } = new(StringComparer.OrdinalIgnoreCase);
    }

    private sealed class ServerTally(string resourceId, string name)
    {
        public string ResourceId { get; } = resourceId;

        public string Name { get; } = name;

        public Tally Whole { get; } = new();

        public Dictionary<string, SectionTally> Sections { get; } = new(StringComparer.OrdinalIgnoreCase);
    }
}
