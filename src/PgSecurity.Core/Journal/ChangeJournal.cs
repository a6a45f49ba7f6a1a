using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using PgSecurity.Core.Remediation.Planning;

namespace PgSecurity.Core.Journal;

/// <summary>
/// The record of one run: lines of JSON, only ever added to, each on the disk before the next thing happens. The file is
/// made with its first line, so that a run that changes nothing leaves none. Safe for many threads.
/// </summary>
public sealed class ChangeJournal : IDisposable
{
    internal const string Schema = "pgsecurity/change/1";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly object _gate = new();
    private readonly HashSet<string> _targets = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _directory;
    private readonly Func<DateTimeOffset> _utcNow;
    private FileStream? _file;

    /// <summary>Makes the journal of a run.</summary>
    /// <param name="directory">The folder that the file is made in.</param>
    /// <param name="runId">The run's id.</param>
    /// <param name="utcNow">The clock; null for the wall clock.</param>
    public ChangeJournal(string directory, string runId, Func<DateTimeOffset>? utcNow = null)
    {
        _directory = directory;
        _utcNow = utcNow ?? (() => DateTimeOffset.UtcNow);
        RunId = runId;
    }

    /// <summary>Makes the journal of a new run.</summary>
    public static ChangeJournal Begin(string directory) => new(directory, Guid.NewGuid().ToString("N"));

    /// <summary>The folder for journals where the user names none: the user's state directory.</summary>
    public static string DefaultDirectory
    {
        get
        {
            string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            string root = !string.IsNullOrEmpty(state) && Path.IsPathRooted(state)
                ? state!
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
            return Path.Combine(root.Length == 0 ? Path.GetTempPath() : root, "PgSecurity", "journal");
        }
    }

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>The folder that the file is in.</summary>
    internal string Folder => _directory;

    /// <summary>The file; empty as long as nothing was written.</summary>
    public string FilePath { get; private set; } = "";

    /// <summary>Writes what is about to be sent, with what is there before it.</summary>
    /// <exception cref="IOException">It cannot be written: then the change must not be made.</exception>
    public void Intend(JournalEntry entry)
    {
        JsonObject line = Line("intent", entry.ChangeId);
        line["server"] = entry.Server.Value;
        line["controls"] = JsonSerializer.SerializeToNode(entry.ControlIds);
        line["step"] = entry.Step;
        line["class"] = entry.Class.ToString();
        line["target"] = new JsonObject { ["id"] = entry.TargetId, ["type"] = entry.TargetType, ["name"] = entry.TargetName };
        line["method"] = entry.Method.ToString();
        line["body"] = SecretFree.Copy(entry.Body);
        line["before"] = SecretFree.Copy(entry.Before);
        line["from"] = SecretFree.Message(entry.From);
        line["to"] = SecretFree.Message(entry.To);
        if (entry.Login.Length > 0) line["login"] = entry.Login;
        if (entry.Undoes.Length > 0) line["undoes"] = entry.Undoes;
        Append(line);
        lock (_gate)
        {
            _targets.Add(entry.TargetId);
        }
    }

    /// <summary>Whether a request about a resource may have left in this run: its intent is written.</summary>
    public bool HasIntent(string targetId)
    {
        lock (_gate)
        {
            return _targets.Contains(targetId);
        }
    }

    /// <summary>Writes that the request leaves now, once more where the server was busy.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Attempt(string changeId, int number)
    {
        JsonObject line = Line("attempt", changeId);
        line["number"] = number;
        Append(line);
    }

    /// <summary>Writes that the service took the request and works on it, and that nobody waits.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Accepted(string changeId, string? requestId)
    {
        JsonObject line = Line("accepted", changeId);
        line["requestId"] = requestId ?? "";
        Append(line);
    }

    /// <summary>Writes what became of a change.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Conclude(Change change) => Append(Result(change));

    /// <summary>The same for a row in a database, with what its columns are now; null where there is no such row.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Conclude(Change change, JsonObject? row)
    {
        JsonObject line = Result(change);
        line["row"] = SecretFree.Copy(row);
        Append(line);
    }

    private JsonObject Result(Change change)
    {
        JsonObject line = Line("result", change.ChangeId);
        line["status"] = change.Status.ToString();
        line["reason"] = SecretFree.Message(change.Reason);
        line["after"] = SecretFree.Message(change.After);
        line["requestId"] = change.RequestId;
        line["attempts"] = change.Attempts;
        line["milliseconds"] = (long)change.Duration.TotalMilliseconds;
        return line;
    }

    /// <summary>Adds to an earlier journal what became of a change whose result it lacks.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Settle(string path, Change change, DateTimeOffset now) =>
        Settle(path, change.RunId, now, journal => journal.Conclude(change));

    /// <summary>The same for a row in a database, with what its columns are now; null where there is no such row.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Settle(string path, Change change, JsonObject? row, DateTimeOffset now) =>
        Settle(path, change.RunId, now, journal => journal.Conclude(change, row));

    private static void Settle(string path, string runId, DateTimeOffset now, Action<ChangeJournal> conclude)
    {
        using ChangeJournal journal = new(Path.GetDirectoryName(path) ?? ".", runId, () => now);
        journal.Open(path);
        conclude(journal);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private JsonObject Line(string what, string changeId) => new()
    {
        ["schema"] = Schema,
        ["event"] = what,
        ["change"] = changeId,
        ["run"] = RunId,
        ["time"] = _utcNow().ToString("O", CultureInfo.InvariantCulture),
    };

    private void Append(JsonObject line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line.ToJsonString(Options) + "\n");
        lock (_gate)
        {
            if (_file is null)
            {
                Directory.CreateDirectory(_directory);
                string name = _utcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-" + RunId + ".jsonl";
                Open(Path.Combine(_directory, name));
            }

            _file!.Write(bytes, 0, bytes.Length);
            _file.Flush(flushToDisk: true);
        }
    }

    /// <summary>Opens at the end; a torn last line is ended, so that what is added stands on a line of its own.</summary>
    private void Open(string path)
    {
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        FilePath = path;
        if (_file.Length == 0) return;
        _file.Seek(-1, SeekOrigin.End);
        bool isTorn = _file.ReadByte() != '\n';
        _file.Seek(0, SeekOrigin.End);
        if (isTorn) _file.WriteByte((byte)'\n');
    }
}
