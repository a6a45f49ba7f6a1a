using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// One clause of an activity-log alert's condition: <c>{ "field", "equals" | "containsAny" }</c> or <c>{ "anyOf": […] }</c>.
/// It lets an operation pass when every successful event of it meets the clause; an alert that sees only some of them
/// does not watch.
/// </summary>
internal sealed class ActivityAlertClause
{
    private readonly string? _notKnown;
    private readonly ActivityAlertClause[]? _alternatives;
    private readonly string _field = "";
    private readonly string _foldedField = "";
    private readonly List<string> _values = new();
    private readonly string? _unknownValue;

    private ActivityAlertClause(JsonElement clause)
    {
        if (UnknownValue.Is(clause))
        {
            _notKnown = UnknownValue.Reason(clause);
            return;
        }

        ResourceField alternatives = ResourceField.In(clause, "anyOf");
        _notKnown = alternatives.UnknownReason;
        if (_notKnown is not null) return;
        if (alternatives.Value.ValueKind == JsonValueKind.Array)
        {
            _alternatives = alternatives.Value.EnumerateArray().Select(Read).ToArray();
            return;
        }

        ResourceField field = ResourceField.In(clause, "field");
        _notKnown = field.UnknownReason;
        if (_notKnown is not null) return;
        _field = field.Text ?? "";
        _foldedField = _field.ToLowerInvariant();
        (_values, _unknownValue) = ValuesOf(clause);
    }

    /// <summary>Reads a clause.</summary>
    public static ActivityAlertClause Read(JsonElement clause) => new(clause);

    /// <summary>Whether the clause lets an operation pass.</summary>
    public AlertVerdict LetsPass(ActivityOperation operation)
    {
        if (_notKnown is not null) return AlertVerdict.NotKnown(_notKnown);
        if (_alternatives is not null)
        {
            AlertVerdict best = AlertVerdict.Unrelated;
            foreach (ActivityAlertClause alternative in _alternatives)
            {
                best = Better(best, alternative.LetsPass(operation));
            }

            return best;
        }

        AlertVerdict verdict = Judge(operation);
        return verdict.Holds != Truth.True && _unknownValue is not null ? AlertVerdict.NotKnown(_unknownValue) : verdict;
    }

    private static AlertVerdict Better(AlertVerdict left, AlertVerdict right) =>
        right.Holds > left.Holds || (right.Holds == left.Holds && right.IsNearMiss && !left.IsNearMiss) ? right : left;

    private AlertVerdict Judge(ActivityOperation operation) =>
        _foldedField switch
        {
            "category" => Either(_values, "Administrative"),
            "operationname" => Either(_values, operation.Name),
            "resourceprovider" => Either(_values, "Microsoft.DBforPostgreSQL"),
            "resourcetype" => ByResourceType(_values, operation),
            "resourcegroup" => Either(_values, operation.Server.ResourceGroupName),
            "resourceid" => ByResourceId(_values, operation),
            "status" => Any(_values, "Succeeded") || Any(_values, "Started") || Any(_values, "Accepted")
                ? AlertVerdict.Yes
                : AlertVerdict.Lacks("sees only operations that did not succeed"),
            "level" => Any(_values, "Informational") || Any(_values, "Verbose")
                ? AlertVerdict.Yes
                : AlertVerdict.Lacks("sees only events of a higher level than a successful operation has"),
            _ => AlertVerdict.Lacks($"is narrowed by {_field}"),
        };

    private static AlertVerdict Either(List<string> values, string wanted) =>
        Any(values, wanted) ? AlertVerdict.Yes : AlertVerdict.Unrelated;

    private static AlertVerdict ByResourceType(List<string> values, ActivityOperation operation)
    {
        if (Any(values, operation.ResourceType)) return AlertVerdict.Yes;
        // No source says whether an alert on the server's type fires for operations on its children.
        return Any(values, FacetTypes.Server)
            ? AlertVerdict.NotKnown($"it names the type {FacetTypes.Server}, and whether it sees {operation.Name} is not documented")
            : AlertVerdict.Unrelated;
    }

    private static AlertVerdict ByResourceId(List<string> values, ActivityOperation operation)
    {
        if (!values.Exists(value => ServerId.TryParse(value, out ServerId? id) && id!.Equals(operation.Server))) return AlertVerdict.Unrelated;
        return operation.IsOnServer && values.Exists(value => Same(value.Trim().Trim('/'), operation.Server.Value.Trim('/')))
            ? AlertVerdict.Yes
            : AlertVerdict.Lacks("is narrowed to one resource id");
    }

    private static bool Any(List<string> values, string wanted)
    {
        foreach (string value in values)
        {
            if (Same(value.Trim(), wanted)) return true;
        }

        return false;
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static (List<string> Values, string? Unknown) ValuesOf(JsonElement clause)
    {
        List<string> values = new();
        ResourceField equals = ResourceField.In(clause, "equals");
        ResourceField containsAny = ResourceField.In(clause, "containsAny");
        string? unknown = equals.UnknownReason ?? containsAny.UnknownReason;
        if (equals.Text is not null) values.Add(equals.Text);
        if (containsAny.Value.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement value in containsAny.Value.EnumerateArray())
            {
                if (UnknownValue.Is(value)) unknown ??= UnknownValue.Reason(value);
                else if (value.ValueKind == JsonValueKind.String) values.Add(value.GetString()!);
            }
        }

        return (values, unknown);
    }
}
