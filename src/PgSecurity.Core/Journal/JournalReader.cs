using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Core.Remediation.Targets;

namespace PgSecurity.Core.Journal;

/// <summary>Reads journals. A line that was torn by the end of a run is left out; the others stand.</summary>
public static class JournalReader
{
    /// <summary>The changes of all journals in a folder, or of one file, in the order in which they were begun.</summary>
    /// <param name="path">The folder, or the file.</param>
    /// <param name="problems">What could not be read, each as a sentence.</param>
    public static IReadOnlyList<JournalEntry> Read(string path, ICollection<string> problems)
    {
        IEnumerable<string> files = Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*.jsonl").OrderBy(file => file, StringComparer.Ordinal)
            : File.Exists(path) ? new[] { path } : Array.Empty<string>();
        return files.SelectMany(file => ReadFile(file, problems)).OrderBy(entry => entry.Time).ToList();
    }

    /// <summary>The changes of those journals of a folder that were written to lately. What cannot be read is left out.</summary>
    /// <param name="folder">The folder; there need not be one.</param>
    /// <param name="since">UTC.</param>
    public static IReadOnlyList<JournalEntry> ReadLatest(string folder, DateTime since)
    {
        if (!Directory.Exists(folder)) return Array.Empty<JournalEntry>();
        return Directory.EnumerateFiles(folder, "*.jsonl")
            .Where(file => File.GetLastWriteTimeUtc(file) >= since)
            .SelectMany(file => ReadFile(file, new List<string>()))
            .ToList();
    }

    private static IReadOnlyList<JournalEntry> ReadFile(string path, ICollection<string> problems)
    {
        List<JournalEntry> entries = new();
        Dictionary<string, JournalEntry> byId = new(StringComparer.Ordinal);
        string[] lines;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using StreamReader reader = new(file);
            lines = reader.ReadToEnd().Split('\n');
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: {failure.Message}");
            return entries;
        }

        for (int number = 0; number < lines.Length; number++)
        {
            if (lines[number].Trim().Length == 0) continue;
            try
            {
                Take((JsonObject)JsonNode.Parse(lines[number])!, path, entries, byId);
            }
            catch (Exception wrong) when (wrong is JsonException or InvalidCastException or InvalidOperationException or FormatException or ArgumentException)
            {
                problems.Add($"{path}:{number + 1}: the line is not one of a journal, or was torn by the end of a run; it is left out.");
            }
        }

        return entries;
    }

    private static void Take(JsonObject line, string path, List<JournalEntry> entries, Dictionary<string, JournalEntry> byId)
    {
        string id = Text(line, "change");
        if (Text(line, "schema") != ChangeJournal.Schema || id.Length == 0) throw new FormatException();
        if (Text(line, "event") == "intent")
        {
            JournalEntry entry = Intent(line, id, path);
            byId[id] = entry;
            entries.Add(entry);
            return;
        }

        if (!byId.TryGetValue(id, out JournalEntry? known)) return;
        if (Text(line, "event") == "attempt")
        {
            known.Attempts = (int)line["number"]!;
            return;
        }

        if (Text(line, "event") == "accepted")
        {
            known.IsAccepted = true;
            known.RequestId = Text(line, "requestId");
            return;
        }

        known.Status = Parse<ChangeStatus>(Text(line, "status"));
        known.Reason = Text(line, "reason");
        known.After = Text(line, "after");
        known.RequestId = Text(line, "requestId");
        known.Attempts = (int?)line["attempts"] ?? known.Attempts;
        known.Duration = TimeSpan.FromMilliseconds((long?)line["milliseconds"] ?? 0);
        known.HasRowAfter = line.ContainsKey("row");
        known.RowAfter = line["row"]?.DeepClone() as JsonObject;
    }

    private static JournalEntry Intent(JsonObject line, string id, string path) => new()
    {
        ChangeId = id,
        RunId = Text(line, "run"),
        Time = DateTimeOffset.Parse(Text(line, "time"), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        Server = ServerId.Parse(Text(line, "server")),
        ControlIds = (line["controls"] as JsonArray ?? new JsonArray()).Select(JsonShape.Text).ToList(),
        Step = Text(line, "step"),
        TargetType = JsonShape.Text(JsonShape.At(line, "target", "type")),
        TargetId = JsonShape.Text(JsonShape.At(line, "target", "id")),
        TargetName = JsonShape.Text(JsonShape.At(line, "target", "name")),
        Method = Parse<WriteMethod>(Text(line, "method")),
        Body = line["body"] as JsonObject is JsonObject body ? (JsonObject)body.DeepClone() : new JsonObject(),
        Before = line["before"]?.DeepClone(),
        From = Text(line, "from"),
        To = Text(line, "to"),
        Class = Parse<ChangeClass>(Text(line, "class")),
        Login = Text(line, "login"),
        Undoes = Text(line, "undoes"),
        Path = path,
    };

    private static T Parse<T>(string text)
        where T : struct => Enum.TryParse(text, out T value) ? value : throw new FormatException();

    private static string Text(JsonObject line, string name) => JsonShape.Text(JsonShape.Member(line, name));
}
