using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using PgSecurity.Core;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Reads and drafts plans: JSON with <c>schema</c> (<c>pgsecurity/masking-plan/1</c>), <c>approvedBy</c> and
/// <c>columns</c>. Strict: a key that is not known, a column twice, a sensitive column without a rule or a decision without
/// a name is an error, and all errors are told at once.
/// </summary>
public static class MaskingPlanFile
{
    private const string Schema = "pgsecurity/masking-plan/1";
    private const string Advice = "Correct the plan; docs/guides/masking.md describes it, and Get-PgSensitiveColumn -DraftPlan writes one to fill in.";
    private static readonly HashSet<string> PlanKeys = new(StringComparer.Ordinal) { "$schema", "schema", "approvedBy", "approvedOn", "comment", "columns" };
    private static readonly HashSet<string> ColumnKeys = new(StringComparer.Ordinal) { "schema", "table", "column", "type", "sensitive", "category", "rule", "decidedBy", "reason" };

    /// <summary>Reads a plan.</summary>
    /// <exception cref="MaskingException">The file cannot be read or is no plan.</exception>
    public static MaskingPlan Read(string path)
    {
        try
        {
            return ReadText(File.ReadAllText(path), path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MaskingException("PlanUnreadable", path, $"The plan '{path}' cannot be read: {cause.Message}", "Correct the path or the file's permissions.", cause);
        }
    }

    /// <summary>Reads the text of a plan.</summary>
    /// <exception cref="MaskingException">It is no plan.</exception>
    public static MaskingPlan ReadText(string text, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            JsonSurrogates.Check(document.RootElement);
            return new Reading(path).Plan(document.RootElement);
        }
        catch (JsonException cause)
        {
            throw new MaskingException("PlanInvalid", path, $"{path}: this is no JSON: {cause.Message.TrimEnd('.')}.", Advice, cause);
        }
    }

    /// <summary>A draft: each column with what it looks like and a rule that would fit. Nobody has decided anything in it, so no run takes it.</summary>
    internal static string Draft(IEnumerable<SensitiveColumn> columns)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("approvedBy", "");
            json.WriteStartArray("columns");
            foreach (SensitiveColumn column in columns) DraftOf(json, column);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void DraftOf(Utf8JsonWriter json, SensitiveColumn column)
    {
        bool sensitive = column.Category.Length > 0 || column.HasRule;
        json.WriteStartObject();
        json.WriteString("schema", column.Schema);
        json.WriteString("table", column.Table);
        json.WriteString("column", column.Column);
        json.WriteString("type", column.Type);
        json.WriteBoolean("sensitive", sensitive);
        if (column.Category.Length > 0) json.WriteString("category", column.Category);
        if (sensitive) json.WriteString("rule", column.HasRule ? column.Rule : column.SuggestedRule);
        json.WriteString("decidedBy", "");
        if (column.Reason.Length > 0) json.WriteString("reason", column.Reason);
        json.WriteEndObject();
    }

    /// <summary>One reading, with all that is wrong.</summary>
    private sealed class Reading(string path)
    {
        private readonly List<string> _errors = new();
        private readonly Dictionary<ColumnName, MaskingDecision> _decisions = new();

        public MaskingPlan Plan(JsonElement root)
        {
            if (root.ValueKind != JsonValueKind.Object) Wrong("", "the plan is no object");
            else Columns(root);
            if (_errors.Count > 0) throw new MaskingException("PlanInvalid", path, $"{path}: {string.Join("; ", _errors)}.", Advice);
            return new MaskingPlan(path, _decisions.Values);
        }

        private void Columns(JsonElement root)
        {
            Keys(root, PlanKeys, "");
            if (Text(root, "schema", "") is var schema && schema != Schema) Wrong("/schema", $"it must be '{Schema}', not '{schema}'");
            string approvedBy = Text(root, "approvedBy", "");
            if (!root.TryGetProperty("columns", out JsonElement columns) || columns.ValueKind != JsonValueKind.Array)
            {
                Wrong("/columns", "an array of columns is missing");
                return;
            }

            int index = 0;
            foreach (JsonElement column in columns.EnumerateArray()) Column(column, $"/columns/{index++}", approvedBy);
        }

        private void Column(JsonElement entry, string at, string approvedBy)
        {
            if (entry.ValueKind != JsonValueKind.Object)
            {
                Wrong(at, "a column is no object");
                return;
            }

            int before = _errors.Count;
            Keys(entry, ColumnKeys, at);
            ColumnName name = new(Required(entry, "schema", at), Required(entry, "table", at), Required(entry, "column", at));
            bool? sensitive = entry.TryGetProperty("sensitive", out JsonElement answer) && answer.ValueKind is JsonValueKind.True or JsonValueKind.False ? answer.GetBoolean() : null;
            if (sensitive is null) Wrong(at + "/sensitive", "true or false is missing");
            string decidedBy = Text(entry, "decidedBy", at) is { Length: > 0 } own ? own : approvedBy;
            if (string.IsNullOrWhiteSpace(decidedBy)) Wrong(at, $"nobody is named who decided about {name}: decidedBy, or approvedBy for the whole plan");
            MaskingRule? rule = Rule(entry, at, sensitive);
            if (_decisions.ContainsKey(name)) Wrong(at, $"{name} stands in the plan twice");
            if (_errors.Count > before) return;

            _decisions[name] = new MaskingDecision
            {
                Column = name,
                Sensitive = sensitive!.Value,
                Category = Text(entry, "category", at),
                Rule = rule,
                Type = Text(entry, "type", at) is { Length: > 0 } type ? type : null,
                DecidedBy = decidedBy,
                Reason = Text(entry, "reason", at),
            };
        }

        private MaskingRule? Rule(JsonElement entry, string at, bool? sensitive)
        {
            string text = Text(entry, "rule", at);
            if (sensitive != true)
            {
                if (text.Length > 0) Wrong(at + "/rule", "a column that is not sensitive has no rule");
                return null;
            }

            if (text.Length == 0)
            {
                Wrong(at + "/rule", "a sensitive column needs a rule");
                return null;
            }

            try
            {
                return MaskingRule.Parse(text);
            }
            catch (FormatException cause)
            {
                Wrong(at + "/rule", cause.Message);
                return null;
            }
        }

        private void Keys(JsonElement entry, HashSet<string> known, string at)
        {
            HashSet<string> seen = new(StringComparer.Ordinal);
            foreach (string key in entry.EnumerateObject().Select(property => property.Name))
            {
                if (!known.Contains(key)) Wrong($"{at}/{key}", $"there is no key '{key}'; there are {string.Join(", ", known.Where(name => name[0] != '$'))}");
                else if (!seen.Add(key)) Wrong($"{at}/{key}", "the key stands twice");
            }
        }

        private string Required(JsonElement entry, string key, string at)
        {
            string text = Text(entry, key, at);
            if (text.Length == 0) Wrong($"{at}/{key}", "a name is missing");
            else if (text == "*") Wrong($"{at}/{key}", "each column is decided by its name; wildcards would decide about columns that are not there yet");
            return text;
        }

        private string Text(JsonElement entry, string key, string at)
        {
            if (!entry.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return "";
            if (value.ValueKind == JsonValueKind.String) return value.GetString()!;
            Wrong($"{at}/{key}", "it is no text");
            return "";
        }

        private void Wrong(string at, string what) => _errors.Add(at.Length == 0 ? what : $"{at}: {what}");
    }
}
