using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Findings;
using PgSecurity.Core.Postures;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Remediation.Planning;

/// <summary>The repairs of controls whose step is SQL: each row that failed by itself, so that one that is refused stops no other.</summary>
internal sealed class RowRepairs
{
    private const string NoLogin =
        "Its steps are SQL in the server's databases, and no login to them was given: add -Credential with a role that may make the change.";

    private const int Shown = 5;

    private readonly Posture _posture;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<SqlChange>> _written;

    /// <summary>Makes them.</summary>
    /// <param name="posture">The server as it is.</param>
    /// <param name="written">The statements by control; a control that is not in it was not to be had.</param>
    public RowRepairs(Posture posture, IReadOnlyDictionary<string, IReadOnlyList<SqlChange>> written)
    {
        _posture = posture;
        _written = written;
    }

    /// <summary>Whether a control is repaired by SQL.</summary>
    public static bool IsFor(CompiledControl control) => control.Definition.Remediation.Steps.OfType<RunSqlStep>().Any();

    /// <summary>The rows that fail a control.</summary>
    public static IReadOnlyList<Resource> Failing(CompiledControl control, Posture posture)
    {
        Finding finding = new Evaluator(new[] { control }).Evaluate(posture).Single();
        if (finding.Outcome != Outcome.Fail) return Array.Empty<Resource>();
        HashSet<string> failed = new(finding.Evidence.Select(piece => piece.ResourceId), StringComparer.Ordinal);
        return control.Policy.ConcernedTypes.SelectMany(type => posture.FacetOf(type).Resources).Where(row => failed.Contains(row.Id)).ToList();
    }

    /// <summary>The changes of a control, and what of it has none.</summary>
    public IEnumerable<ChangeItem> Of(CompiledControl control, List<UnplannedControl> unplanned)
    {
        string id = control.Definition.Id;
        if (!_written.TryGetValue(id, out IReadOnlyList<SqlChange>? rows))
        {
            unplanned.Add(new UnplannedControl(id, false, NoLogin));
            return Array.Empty<ChangeItem>();
        }

        List<string> left = rows.Where(row => row.Forward.Count == 0).Select(row => NameOf(row) + (row.Problem.Length > 0 ? $" ({row.Problem})" : "")).ToList();
        if (left.Count > 0)
        {
            string names = string.Join("; ", left.Take(Shown)) + (left.Count > Shown ? "; …" : "");
            unplanned.Add(new UnplannedControl(id, false, $"PgSecurity has no statement for {left.Count} of {rows.Count}: {names}. {control.Recommendation}"));
        }

        return rows.Where(row => row.Forward.Count > 0).Select(row => new ChangeItem(ChangeOf(control, row), new[] { id })).ToList();
    }

    private RowChange ChangeOf(CompiledControl control, SqlChange statements)
    {
        Resource row = Find(control, statements);
        RowChange shape = new(_posture.Id, row.Type, row.Name, statements, _ => false);
        return new RowChange(_posture.Id, row.Type, row.Name, statements, now => now is null || !Fails(control, shape, now))
        {
            WrittenFrom = JsonShape.Copy(row.Body),
            Guards = control.Definition.Guards,
        };
    }

    private bool Fails(CompiledControl control, RowChange change, JsonObject now) =>
        Failing(control, PostureEdit.WithRow(_posture, change, now)).Any(row => string.Equals(row.Id, change.Id, StringComparison.Ordinal));

    private Resource Find(CompiledControl control, SqlChange statements) => control.Policy.ConcernedTypes
        .SelectMany(type => _posture.FacetOf(type).Resources)
        .First(row => string.Equals(row.Id, statements.ResourceId, StringComparison.Ordinal));

    private string NameOf(SqlChange row) => $"{row.Database} {Uri.UnescapeDataString(row.ResourceId.Substring(row.ResourceId.LastIndexOf('/') + 1))}";
}
