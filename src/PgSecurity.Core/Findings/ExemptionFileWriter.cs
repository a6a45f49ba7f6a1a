using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Exports;

namespace PgSecurity.Core.Findings;

/// <summary>
/// Adds exemptions to a file. What is there stays as it is written, comments too; a file that is not right is left alone,
/// and so is one to which an entry would be added that could not be read back.
/// </summary>
public static class ExemptionFileWriter
{
    private static readonly JsonSerializerOptions Entry = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonReaderOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Adds exemptions to a file, which is made where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="exemptions">The exemptions; their names must not be in the file yet, unless they replace.</param>
    /// <param name="replaces">Whether an entry of the same name is replaced.</param>
    /// <exception cref="ControlFormatException">The file, or what it would become, is not a file of exemptions.</exception>
    /// <exception cref="IOException">The file cannot be read or written; it is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="IOException"/>.</exception>
    public static void Add(string path, IReadOnlyList<Exemption> exemptions, bool replaces)
    {
        string text = File.Exists(path) ? File.ReadAllText(path) : "";
        string result = Add(text, path, exemptions, replaces);
        AtomicFile.WriteAllText(path, result);
    }

    /// <summary>The text of a file with exemptions added, as <see cref="Add(string, IReadOnlyList{Exemption}, bool)"/> writes it.</summary>
    /// <exception cref="ControlFormatException">The text, or what it would become, is not a file of exemptions.</exception>
    public static string Add(string text, string source, IReadOnlyList<Exemption> exemptions, bool replaces)
    {
        string result = text.Trim('\uFEFF', ' ', '\t', '\r', '\n').Length == 0 ? "[\n]\n" : text.TrimStart('\uFEFF');
        Check(result, source);
        foreach (Exemption exemption in exemptions)
        {
            result = AddOne(result, source, exemption, replaces);
        }

        Check(result, source);
        return result;
    }

    /// <summary>The entry of an exemption as a file has it.</summary>
    public static string Write(Exemption exemption)
    {
        JsonArray controls = new();
        foreach (string control in exemption.Controls) controls.Add(control);
        JsonObject entry = new()
        {
            ["name"] = exemption.Name,
            ["scope"] = exemption.Scope,
            ["controls"] = controls,
            ["reason"] = exemption.Reason,
            ["owner"] = exemption.Owner,
            ["expiresOn"] = End(exemption.ExpiresOn.ToUniversalTime()),
        };
        if (exemption.CreatedOn is DateTimeOffset created) entry["createdOn"] = Moment(created.ToUniversalTime());
        return entry.ToJsonString(Entry);
    }

    /// <summary>A date is good to its end, so a midnight is written as the day before it.</summary>
    private static string End(DateTimeOffset end) => end.TimeOfDay == TimeSpan.Zero
        ? end.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : Moment(end);

    private static string Moment(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static string AddOne(string text, string source, Exemption exemption, bool replaces)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        List<(int Start, int End, string Name)> entries = Entries(bytes, out int close);
        string entry = "  " + string.Join("\n  ", Write(exemption).Split('\n').Select(line => line.TrimEnd('\r')));
        int known = entries.FindIndex(one => string.Equals(one.Name, exemption.Name, StringComparison.OrdinalIgnoreCase));
        if (known >= 0 && !replaces)
        {
            throw new ControlFormatException(new[]
            {
                new ControlError(source, FormattableString.Invariant($"/{known}"), $"There is an exemption '{exemption.Name}' already.", "Give another name, or -Force to replace it."),
            });
        }

        if (known >= 0) return Splice(bytes, entries[known].Start, entries[known].End, entry.TrimStart());
        if (entries.Count == 0) return Splice(bytes, close, close, entry + "\n");
        int last = entries[entries.Count - 1].End;
        bool hasComma = HasComma(bytes, last, close);
        return hasComma ? Splice(bytes, close, close, entry + "\n") : Splice(bytes, last, last, ",\n" + entry);
    }

    private static string Splice(byte[] bytes, int start, int end, string text) =>
        Encoding.UTF8.GetString(bytes, 0, start) + text + Encoding.UTF8.GetString(bytes, end, bytes.Length - end);

    /// <summary>Where the entries are, in bytes, and where the list ends.</summary>
    private static List<(int Start, int End, string Name)> Entries(byte[] bytes, out int close)
    {
        List<(int, int, string)> entries = new();
        Utf8JsonReader reader = new(bytes, Reading);
        close = 0;
        int start = 0;
        string name = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when reader.CurrentDepth == 1:
                    start = (int)reader.TokenStartIndex;
                    name = "";
                    break;
                case JsonTokenType.PropertyName when reader.CurrentDepth == 2 && reader.ValueTextEquals("name"):
                    reader.Read();
                    name = reader.GetString() ?? "";
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == 1:
                    entries.Add((start, (int)reader.BytesConsumed, name));
                    break;
                case JsonTokenType.EndArray when reader.CurrentDepth == 0:
                    close = (int)reader.TokenStartIndex;
                    break;
            }
        }

        return entries;
    }

    /// <summary>Whether a comma stands outside of comments.</summary>
    private static bool HasComma(byte[] bytes, int start, int end)
    {
        string between = Encoding.UTF8.GetString(bytes, start, end - start);
        for (int at = 0; at < between.Length; at++)
        {
            if (between[at] == ',') return true;
            if (between[at] != '/' || at + 1 >= between.Length) continue;
            int close = between.IndexOf(between[at + 1] == '/' ? "\n" : "*/", at + 2, StringComparison.Ordinal);
            if (close < 0) return false;
            at = close;
        }

        return false;
    }

    private static void Check(string text, string source)
    {
        ExemptionSet set = ExemptionFile.Parse(text, source);
        if (set.Errors.Count > 0) throw new ControlFormatException(set.Errors);
    }
}
