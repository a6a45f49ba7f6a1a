using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Service;

namespace PgSecurity.Core.Remediation.Targets;

/// <summary>
/// Statements that change what one row of a check says, in one transaction. What they make of the row is known only when it
/// is read again: nothing is computed, so a posture in memory stays as it is.
/// </summary>
public sealed class RowChange : TargetChange
{
    private readonly SqlChange _statements;
    private readonly Func<JsonObject?, bool> _isDone;

    /// <summary>Makes the change.</summary>
    /// <param name="server">The server.</param>
    /// <param name="type">The type of the row's resource.</param>
    /// <param name="name">The row's name.</param>
    /// <param name="statements">The statements and their inverse.</param>
    /// <param name="isDone">Whether a row, null where there is none, is what the statements are to make of it.</param>
    public RowChange(ServerId server, string type, string name, SqlChange statements, Func<JsonObject?, bool> isDone)
        : base(server, type, statements.ResourceId, name)
    {
        _statements = statements;
        _isDone = isDone;
    }

    /// <summary>The row that the statements were written from; null where that is no matter.</summary>
    public JsonObject? WrittenFrom { get; init; }

    /// <summary>The guards that the control names.</summary>
    public IReadOnlyList<string> Guards { get; init; } = Array.Empty<string>();

    /// <summary>
    /// Whether the inverse brings back what a row is now; where it is not asked, it does. Statements of a journal bring back
    /// what the journal knows, and not what somebody set since.
    /// </summary>
    public Func<JsonObject?, bool>? Restores { get; init; }

    /// <summary>The role that runs the statements; empty where it is not known.</summary>
    public string Login => _statements.Login;

    /// <inheritdoc/>
    public override WriteMethod Method => WriteMethod.Sql;

    /// <inheritdoc/>
    public override string Step => $"SQL in {_statements.Database}: {Type.Substring(Type.LastIndexOf('/') + 1)} {Name}";

    /// <inheritdoc/>
    public override RunPhase Phase => RunPhase.Database;

    /// <summary>The row's columns; null where there is no row.</summary>
    public static JsonObject? Columns(JsonObject? row) => JsonShape.Member(row, "properties") as JsonObject;

    /// <inheritdoc/>
    public override JsonObject? Compose(JsonObject? current)
    {
        if (_isDone(current)) return null;
        if (WrittenFrom is JsonObject row && !RowImage.Same(Columns(row), Columns(current), _statements.Columns))
        {
            throw new RemediationException("What the statements were written from has changed meanwhile. Run again: they are then written anew.");
        }

        return new JsonObject
        {
            ["database"] = _statements.Database,
            ["statements"] = Texts(_statements.Forward),
            ["inverse"] = Texts(HasWayBack(current) ? _statements.Inverse : Array.Empty<string>()),
        };
    }

    /// <inheritdoc/>
    public override bool IsDone(JsonObject? current, JsonObject body) => _isDone(current);

    /// <summary>The statements in place of the row's own words: what becomes of it the database alone can say.</summary>
    public override JsonObject? Outcome(JsonObject? current, JsonObject body) =>
        new() { ["properties"] = new JsonObject { ["summary"] = string.Join(" ", _statements.Forward) } };

    /// <inheritdoc/>
    public override JsonNode? Part(JsonObject? current, JsonObject body) => Columns(current)?.DeepClone();

    /// <inheritdoc/>
    public override string Describe(JsonObject? current, JsonObject body)
    {
        if (current is null) return "(none)";
        string summary = JsonShape.Text(JsonShape.Member(Columns(current), "summary"));
        return summary.Length > 0 ? summary : Name;
    }

    /// <inheritdoc/>
    public override ChangeClass ClassOf(JsonObject? current) =>
        !HasWayBack(current) ? ChangeClass.OneWay : _statements.IsInverseCovered ? ChangeClass.WithSecret : ChangeClass.Reversible;

    private bool HasWayBack(JsonObject? current) => _statements.Inverse.Count > 0 && Restores?.Invoke(current) != false;

    private static JsonArray Texts(IEnumerable<string> statements) => new(statements.Select(statement => (JsonNode?)statement).ToArray());
}
