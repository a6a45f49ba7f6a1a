using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Core.Reports.Html;

/// <summary>The controls whose failures weigh most: what to fix first.</summary>
internal sealed class TopControls
{
    private readonly Dictionary<string, TopControl> _controls = new(StringComparer.OrdinalIgnoreCase);

    public void Add(Finding finding)
    {
        if (finding.Outcome != Outcome.Fail) return;
        if (!_controls.TryGetValue(finding.ControlId, out TopControl? control))
        {
            control = new TopControl(finding);
            _controls.Add(finding.ControlId, control);
        }

        control.Failed++;
        if (finding.Severity > control.Severity) control.Severity = finding.Severity;
    }

    /// <summary>The heaviest: first by the severity, then by the servers that failed.</summary>
    public IReadOnlyList<TopControl> Take(int count) => _controls.Values
        .OrderByDescending(control => control.Severity)
        .ThenByDescending(control => control.Failed)
        .ThenBy(control => control.Id, StringComparer.Ordinal)
        .Take(count).ToList();
}
