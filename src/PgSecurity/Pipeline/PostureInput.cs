using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Pipeline;

/// <summary>
/// What comes through the pipeline, as postures: paths and files, JSON texts whole or line by line, and objects. A line
/// of a snapshot stands for itself and is read at once. Everything else is kept until the end, since the children of a
/// server may come before or after it as objects of their own.
/// </summary>
internal sealed class PostureInput
{
    private const string Name = "pipeline";
    private const string SnapshotSchema = "pgsecurity/posture/";
    private const int SchemaIsWithin = 128;

    private readonly Func<string, IReadOnlyList<string>> _resolve;
    private readonly JsonTextScanner _scanner = new();
    private readonly StringBuilder _unfinished = new();
    private readonly StringBuilder _kept = new();
    private long _line;
    private long _firstLine;

    /// <summary>Makes an input.</summary>
    /// <param name="resolve">Finds the files that a path names.</param>
    public PostureInput(Func<string, IReadOnlyList<string>> resolve) => _resolve = resolve;

    /// <summary>Takes what came through the pipeline.</summary>
    public IEnumerable<PostureReadResult> Take(object? item)
    {
        object? bare = item is PSObject wrapped ? wrapped.BaseObject : item;
        switch (bare)
        {
            case null:
                return Array.Empty<PostureReadResult>();
            case string text:
                return TakeText(text);
            case FileSystemInfo file:
                return PostureReader.Read(file.FullName);
            case ValueType:
                return new[] { PostureReadResult.Of(NotAServer(bare)) };
            case IEnumerable items when bare is not IDictionary:
                return items.Cast<object?>().SelectMany(Take);
            default:
                return TakeDocument(ObjectJson.Write(Unwrap(item!)));
        }
    }

    /// <summary>Takes what is still there when the pipeline has ended.</summary>
    public IEnumerable<PostureReadResult> Finish()
    {
        IEnumerable<PostureReadResult> broken = Flush();
        string kept = _kept.ToString();
        _kept.Clear();
        return kept.Length == 0 ? broken : broken.Concat(PostureReader.ReadText(kept, Name));
    }

    private IEnumerable<PostureReadResult> TakeText(string text)
    {
        _line++;
        IEnumerable<PostureReadResult> before = Array.Empty<PostureReadResult>();
        if (_scanner.IsInside && BeginsAnew(text)) before = Flush().ToList();

        if (!_scanner.IsInside)
        {
            string start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
            if (start.Length == 0) return before;
            if (start[0] is not ('{' or '[')) return before.Concat(ReadFiles(text.Trim()));
            _firstLine = _line;
            text = start;
        }

        _unfinished.Append(text).Append('\n');
        _scanner.Read(text);
        return _scanner.IsInside ? before : before.Concat(Flush());
    }

    /// <summary>
    /// Whether the text so far is broken for certain, so that one bad line does not swallow the next: a string of JSON
    /// ends on its line, an object inside another comes after a bracket, a comma or a colon, and a snapshot's line is no
    /// property.
    /// </summary>
    private bool BeginsAnew(string line)
    {
        if (_scanner.IsInString) return true;
        if (!line.StartsWith("{", StringComparison.Ordinal)) return false;

        int last = _unfinished.Length - 1;
        while (last >= 0 && char.IsWhiteSpace(_unfinished[last]))
        {
            last--;
        }

        return last >= 0 && _unfinished[last] is not ('[' or ',') && (_unfinished[last] != ':' || IsSnapshot(line));
    }

    private IEnumerable<PostureReadResult> Flush()
    {
        if (_unfinished.Length == 0) return Array.Empty<PostureReadResult>();
        string document = _unfinished.ToString();
        bool isWhole = !_scanner.IsInside;
        _unfinished.Clear();
        _scanner.Reset();
        return isWhole ? TakeDocument(document) : PostureReader.ReadText(document, Name).Select(AtItsLine);
    }

    private IEnumerable<PostureReadResult> TakeDocument(string document)
    {
        if (IsSnapshot(document)) return PostureReader.ReadText(document, Name).Select(AtItsLine);
        _kept.Append(document).Append('\n');
        return Array.Empty<PostureReadResult>();
    }

    /// <summary>The reader counts lines from the document's first; the user counts those of the pipeline.</summary>
    private PostureReadResult AtItsLine(PostureReadResult result) =>
        result.Error is { Line: > 0 } error && _firstLine > 1
            ? PostureReadResult.Of(error with { Line = error.Line + _firstLine - 1 })
            : result;

    private IEnumerable<PostureReadResult> ReadFiles(string path) => _resolve(path).SelectMany(file => PostureReader.Read(file));

    private static bool IsSnapshot(string document) =>
        document.IndexOf(SnapshotSchema, 0, Math.Min(document.Length, SchemaIsWithin), StringComparison.Ordinal) >= 0;

    /// <summary>Search-AzGraph wraps its rows in a response.</summary>
    private static object Unwrap(object item)
    {
        PSObject wrapped = PSObject.AsPSObject(item);
        return wrapped.Properties["Data"] is { Value: IEnumerable rows } && wrapped.Properties["SkipToken"] is not null ? rows : item;
    }

    private static InputError NotAServer(object value) => new(
        Name,
        0,
        null,
        $"a {value.GetType().FullName} is neither a resource nor a path",
        "Pipe JSON texts, files, or objects of Az, az or Resource Graph.");
}
