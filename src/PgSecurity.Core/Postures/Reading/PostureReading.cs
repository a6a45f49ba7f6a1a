using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using PgSecurity.Core.Postures.Recognition;
using PgSecurity.Core.Snapshots;
using PgSecurity.Core.Templates;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Input that is read as one: documents are added as they come, from a pipeline or from files, and resources that
/// belong together find each other. A line of a snapshot is given out at once; what has to be put together is given
/// out by <see cref="Finish"/>. Not safe for several threads.
/// </summary>
public sealed class PostureReading
{
    private readonly PostureReaderOptions _options;
    private readonly PostureAssembler _assembler = new();
    private readonly Recogniser _recogniser;
    private readonly List<PostureReadResult> _pending = new();
    private string _name = "input";

    /// <summary>Starts to read.</summary>
    /// <param name="options">The bounds; null for the usual ones.</param>
    public PostureReading(PostureReaderOptions? options = null)
    {
        _options = options ?? PostureReaderOptions.Default;
        _recogniser = new Recogniser(_assembler, error => _pending.Add(PostureReadResult.Of(error)));
    }

    /// <summary>Adds the documents of a file.</summary>
    public IEnumerable<PostureReadResult> AddFile(string path)
    {
        Stream? stream = InputFile.TryOpen(path, out InputError? error);
        return stream is null ? new[] { PostureReadResult.Of(error!) } : AddStream(stream, path, () => ParametersFile.Beside(path, _options));
    }

    /// <summary>Adds the documents of a stream, and closes it.</summary>
    /// <param name="input">The bytes.</param>
    /// <param name="name">What errors and postures call the input.</param>
    public IEnumerable<PostureReadResult> AddStream(Stream input, string name) => AddStream(input, name, static () => null);

    /// <summary>Adds the documents in a text.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="name">What errors and postures call the input.</param>
    public IEnumerable<PostureReadResult> AddText(string json, string name) =>
        AddStream(new MemoryStream(Encoding.UTF8.GetBytes(json)), name);

    /// <summary>Adds one document, such as an object from a pipeline. It is copied: its own document may be disposed after.</summary>
    /// <param name="document">The document.</param>
    /// <param name="name">What errors and postures call the input.</param>
    public IEnumerable<PostureReadResult> AddElement(JsonElement document, string name) => AddText(document.GetRawText(), name);

    /// <summary>Gives the postures that were put together from everything added, and a notice of what was left out.</summary>
    public IEnumerable<PostureReadResult> Finish()
    {
        foreach (Posture posture in _assembler.Build())
        {
            yield return PostureReadResult.Of(posture);
        }

        if (_recogniser.LeftOut.Count == 0) yield break;
        string what = string.Join(", ", _recogniser.LeftOut.Select(kind =>
            string.Format(CultureInfo.InvariantCulture, "{0} ({1})", kind.Key, kind.Value)));
        yield return PostureReadResult.Of(new InputNotice(_name, 0, "left out, since no posture has a place for it: " + what));
    }

    private IEnumerable<PostureReadResult> AddStream(Stream input, string name, Func<JsonElement?> parametersBeside)
    {
        _name = name;
        using JsonValues values = new(input, name, _options);
        SnapshotReader snapshots = new(name, values.Names);
        SnapshotLines lines = new(values, name, _options);
        while (true)
        {
            bool any = false;
            foreach (PostureReadResult result in lines.NextRound())
            {
                any = true;
                yield return result;
            }

            if (any) continue;
            if (!values.TryRead(out JsonText text, out long line, out InputError? error)) break;
            if (error is not null)
            {
                yield return PostureReadResult.Of(error);
                continue;
            }

            if (values.Outline is SnapshotOutline outline)
            {
                yield return snapshots.Read(text, outline, line);
                continue;
            }

            JsonElement value = text.Parse();
            if (SnapshotLine.Is(value))
            {
                yield return snapshots.Read(value, line);
                continue;
            }

            foreach (PostureReadResult result in Take(value, name, line, parametersBeside))
            {
                yield return result;
            }
        }
    }

    private IEnumerable<PostureReadResult> Take(JsonElement value, string name, long line, Func<JsonElement?> parametersBeside)
    {
        if (TemplateReader.IsTemplate(value)) return TakeTemplate(value, name, line, parametersBeside());
        if (TemplateDocument.IsParametersFile(value))
        {
            return new[] { PostureReadResult.Of(new InputNotice(name, line, "a parameters file: it is read with the template beside it")) };
        }

        if (SourceLanguage.Refuse(value, name, line) is { } refused) return new[] { PostureReadResult.Of(refused) };

        _recogniser.Take(value, name, line);
        if (_pending.Count == 0) return Array.Empty<PostureReadResult>();
        PostureReadResult[] errors = _pending.ToArray();
        _pending.Clear();
        return errors;
    }

    private IEnumerable<PostureReadResult> TakeTemplate(JsonElement value, string name, long line, JsonElement? parametersBeside)
    {
        IReadOnlyList<Posture> postures = TemplateReader.Read(
            value, Path.GetFileNameWithoutExtension(name), InputName.At(name, line), _options.TemplateParameters, parametersBeside);
        return postures.Count > 0
            ? postures.Select(PostureReadResult.Of)
            : new[] { PostureReadResult.Of(new InputNotice(name, line, "a template without a PostgreSQL server")) };
    }
}
