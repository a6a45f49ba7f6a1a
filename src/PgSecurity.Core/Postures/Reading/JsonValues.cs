using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// The JSON values of an input, one after another, wherever one ends and the next begins: one a line, pretty-printed,
/// several in one file. One pooled buffer holds the value at hand. A broken value is one error; reading goes on at the
/// next line on which a value can begin.
/// </summary>
internal sealed class JsonValues : IDisposable
{
    private const string Correct = "Correct it, or take the document out; the rest was read.";
    private const int FirstBufferBytes = 64 * 1024;
    private const int LongestWord = 20;

    /// <summary>
    /// The parser is shown a value a part at a time, a short one first: what it says of a word that is none quotes all that it
    /// was shown, so that many broken lines would cost the whole buffer each.
    /// </summary>
    private const int FirstPartBytes = 1024;

    private const int LongestPartBytes = 64 * 1024;

    /// <summary>Beyond so many bytes no further line is looked for.</summary>
    private const int MaximumRoundBytes = 8 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private readonly Stream _raw;
    private readonly string _file;
    private readonly PostureReaderOptions _options;
    private readonly DuplicateKeys _keys;
    private readonly SnapshotOutline _outline = new();
    private Stream? _input;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
    private int _start;
    private int _end;
    private bool _ended;
    private bool _recovering;
    private bool _resumed;
    private long _line = 1;
    private long _reported;
    private Exception? _failure;

    public JsonValues(Stream raw, string file, PostureReaderOptions options)
    {
        _raw = raw;
        _file = file;
        _options = options;
        _keys = new DuplicateKeys(Names);
    }

    /// <summary>Every property name of the values read so far.</summary>
    public NameTable Names { get; } = new();

    /// <summary>Where things stand in the value that was read last, if it is a snapshot's line; counted from its first byte.</summary>
    public SnapshotOutline? Outline => _outline.IsWhole ? _outline : null;

    /// <summary>The bytes that <see cref="FindSnapshotLines"/> speaks of.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>The number of the line that is read next.</summary>
    public long Line => _line;

    /// <summary>
    /// Where the next lines stand, if they look like a snapshot's, in <see cref="Buffer"/> and without what ends them. Nothing
    /// is taken: what else comes next, and what goes wrong, is for <see cref="TryRead"/>.
    /// </summary>
    public void FindSnapshotLines(List<TextPlace> places, int most)
    {
        if (_recovering) return;
        try
        {
            if (!SkipToValue()) return;
            int from = 0;
            while (places.Count < most && TryFindSnapshotLine(places, ref from))
            {
            }
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            _failure = failure;
        }
    }

    private bool TryFindSnapshotLine(List<TextPlace> places, ref int from)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(_start + from, _end - _start - from);
            if (rest.Length >= SnapshotStart.Length && !rest.StartsWith(SnapshotStart)) return false;
            int feed = rest.IndexOf((byte)'\n');
            if (feed >= 0 || _ended)
            {
                TextPlace line = new(_start + from, _start + from + (feed < 0 ? rest.Length : feed));
                if (line.Length > _options.MaximumDocumentBytes || !LooksLikeSnapshot(_buffer.AsSpan(line.Start, line.Length))) return false;
                places.Add(line);
                from += line.Length + 1;
                return feed >= 0;
            }

            if (rest.Length > _options.MaximumDocumentBytes || (places.Count > 0 && from > MaximumRoundBytes)) return false;
            FillAndMove(places);
        }
    }

    /// <summary>Reads on; what was found moves to the front with everything else.</summary>
    private void FillAndMove(List<TextPlace> places)
    {
        int before = _start;
        Fill();
        int moved = before - _start;
        for (int i = 0; moved > 0 && i < places.Count; i++)
        {
            places[i] = new TextPlace(places[i].Start - moved, places[i].End - moved);
        }
    }

    /// <summary>Goes past lines that were found, and what ends them.</summary>
    public void SkipLines(List<TextPlace> places, int count)
    {
        if (count == 0) return;
        _start = places[count - 1].End;
        bool hasFeed = _start < _end;
        if (hasFeed) _start++;
        _line += hasFeed ? count : count - 1;
    }

    private static bool LooksLikeSnapshot(ReadOnlySpan<byte> line)
    {
        while (line.Length > 0 && IsBlank(line[line.Length - 1]))
        {
            line = line.Slice(0, line.Length - 1);
        }

        return line.StartsWith(SnapshotStart) && line[line.Length - 1] == (byte)'}';
    }

    private static ReadOnlySpan<byte> SnapshotStart => "{\"schema\":\"pgsecurity/posture/"u8;

    /// <summary>The next value, with the line that it begins on, or the error that stands in its place.</summary>
    /// <returns>False at the end of the input.</returns>
    public bool TryRead(out JsonText value, out long line, out InputError? error)
    {
        while (true)
        {
            value = default;
            error = null;
            line = _line;
            try
            {
                if (!SkipToValue()) return false;
                line = _line;
                int length = Measure(out string? problem);
                if (length == 0) return false;
                if (problem is null) value = Take(length, out problem);
                if (problem is not null) error = Error(line, problem, Correct);
                Advance(length);
                return true;
            }
            catch (BrokenValueException broken)
            {
                _recovering = true;

                // Reading again what follows the first line may meet the same error: it is one.
                if (broken.Line <= _reported) continue;
                _reported = broken.Line;
                error = Error(broken.Line, broken.Message, broken.Advice);
                return true;
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException)
            {
                _ended = true;
                _start = _end;
                error = Error(_line, $"the input cannot be read any further ({failure.Message})", "Make the file again, or copy it again.");
                return true;
            }
        }
    }

    public void Dispose()
    {
        (_input ?? _raw).Dispose();
        byte[] buffer = _buffer;
        _buffer = Array.Empty<byte>();
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>
    /// The length of the value at the start of the buffer, which grows until the value is whole.
    /// <paramref name="problem"/> says what is wrong with a value whose end is known all the same. 0 where nothing but
    /// comments was left.
    /// </summary>
    private int Measure(out string? problem)
    {
        _keys.Reset();
        _outline.Reset();
        problem = null;
        JsonReaderState state = new(ReaderOptions);
        int consumed = 0;
        bool last = false;
        bool begun = false;
        int part = FirstPartBytes;
        while (true)
        {
            int left = _end - _start - consumed;
            bool isAll = left <= part;
            bool isLast = last && isAll;
            Utf8JsonReader reader = new(_buffer.AsSpan(_start + consumed, isAll ? left : part), isLast, state);
            try
            {
                while (reader.Read())
                {
                    begun = true;
                    if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped) _ = reader.GetString();
                    _keys.Observe(ref reader);
                    _outline.Observe(ref reader, consumed);
                    if (reader.CurrentDepth == 0 && IsEnd(reader.TokenType))
                    {
                        if (_keys.Found is not null) problem = $"the property '{_keys.Found}' stands twice in one object";
                        return consumed + (int)reader.BytesConsumed;
                    }
                }
            }
            catch (Exception failure) when (failure is JsonException or InvalidOperationException)
            {
                if (isLast && !begun && IsComment()) return 0;
                if (TryJoinLines()) return Measure(out problem);
                throw isLast ? Torn() : Broken(consumed + (int)reader.BytesConsumed, failure);
            }

            bool isStuck = reader.BytesConsumed == 0;
            consumed += (int)reader.BytesConsumed;
            state = reader.CurrentState;
            if (!isAll)
            {
                if (isStuck || part < LongestPartBytes) part *= 2;
                continue;
            }

            if (last && !begun && IsComment()) return 0;
            if (last) throw Torn();
            if (_end - _start > _options.MaximumDocumentBytes) throw TooLong();

            // At the end of the input the reader is told so, since a number has no other end.
            if (_ended) last = true;
            else Fill();
        }
    }

    private JsonReaderOptions ReaderOptions => new() { CommentHandling = JsonCommentHandling.Skip, MaxDepth = _options.MaximumDepth };

    /// <summary>Makes JSON of a template with texts over several lines; false leaves everything as it was.</summary>
    private bool TryJoinLines()
    {
        if (!MultilineTexts.AreAllowedIn(_buffer.AsSpan(_start, _end - _start))) return false;
        while (!_ended && _end - _start <= _options.MaximumDocumentBytes) Fill();
        byte[] joined = _buffer.AsSpan(_start, _end - _start).ToArray();
        if (!MultilineTexts.TryJoin(joined, ReaderOptions)) return false;
        joined.CopyTo(_buffer, _start);
        return true;
    }

    /// <summary>Whether what is left is a comment that has an end.</summary>
    private bool IsComment()
    {
        ReadOnlySpan<byte> left = _buffer.AsSpan(_start, _end - _start);
        return left.StartsWith("//"u8) || (left.StartsWith("/*"u8) && left.LastIndexOf("*/"u8) > 1);
    }

    private static bool IsEnd(JsonTokenType token) =>
        token is not (JsonTokenType.StartObject or JsonTokenType.StartArray or JsonTokenType.PropertyName);

    private JsonText Take(int length, out string? problem)
    {
        problem = null;
        try
        {
            _ = StrictUtf8.GetCharCount(_buffer, _start, length);
        }
        catch (DecoderFallbackException)
        {
            problem = "the text is not valid UTF-8";
            return default;
        }

        return new JsonText(_buffer, new TextPlace(_start, _start + length), _options.MaximumDepth);
    }

    /// <summary>Goes past blanks and, after an error, past what an array leaves between its elements.</summary>
    private bool SkipToValue()
    {
        if (_recovering) SkipBrokenLines();
        while (true)
        {
            while (_start < _end)
            {
                byte next = _buffer[_start];
                if (!IsBlank(next) && !(_resumed && IsLeftOver(next))) return true;
                if (next == (byte)'\n') _line++;
                _start++;
            }

            if (_ended) return false;
            Fill();
        }
    }

    /// <summary>Blanks, the record separator of JSON text sequences, and the bytes of a mark where files were joined.</summary>
    private static bool IsBlank(byte value) =>
        value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0x1E or 0xEF or 0xBB or 0xBF;

    private static bool IsLeftOver(byte value) => value is (byte)',' or (byte)']' or (byte)'}';

    /// <summary>
    /// Drops the line that a broken value began on, and the lines after it on which no value begins: in a
    /// pretty-printed document those are indented, or close something.
    /// </summary>
    private void SkipBrokenLines()
    {
        _recovering = false;
        _resumed = true;
        do
        {
            if (!SkipLine()) return;
        }
        while (ContinuesBrokenValue(_buffer[_start]));
    }

    private static bool ContinuesBrokenValue(byte first) =>
        first is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'}' or (byte)']' or (byte)',' or (byte)'"';

    /// <summary>Goes to the first byte of the next line; false where there is none.</summary>
    private bool SkipLine()
    {
        while (true)
        {
            int feed = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            if (feed >= 0)
            {
                _start = feed + 1;
                _line++;
                break;
            }

            _start = _end;
            if (_ended) return false;
            Fill();
        }

        if (_start == _end && !_ended) Fill();
        return _start < _end;
    }

    private void Advance(int length)
    {
        int end = _start + length;
        while (true)
        {
            int feed = Array.IndexOf(_buffer, (byte)'\n', _start, end - _start);
            if (feed < 0) break;
            _line++;
            _start = feed + 1;
        }

        _start = end;
    }

    /// <summary>Reads on, after making room: what was consumed is dropped first, and the buffer doubled only if it is full.</summary>
    private void Fill()
    {
        if (_failure is not null) ExceptionDispatchInfo.Capture(_failure).Throw();
        if (_start > 0)
        {
            Array.Copy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            Array.Copy(_buffer, larger, _end);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _input ??= InputBytes.Open(_raw);
        int read = _input.Read(_buffer, _end, _buffer.Length - _end);
        if (read == 0) _ended = true;
        _end += read;
    }

    private BrokenValueException Broken(int offset, Exception failure)
    {
        long line = _line;
        int column = 0;
        for (int index = _start; index < _start + offset && index < _end; index++)
        {
            column++;
            if (_buffer[index] != (byte)'\n') continue;
            line++;
            column = 0;
        }

        // An error where a new line begins with a new value: the line before was cut off.
        if (line > _line && column == 0)
        {
            return new BrokenValueException(_line, "the line ends in the middle of the JSON", "Write that line again.");
        }

        return new BrokenValueException(line, $"this is not JSON ({Cause(failure)})", Correct);
    }

    /// <summary>The parser's own words without its account of the position, which counts from the wrong start.</summary>
    private static string Cause(Exception failure)
    {
        if (failure is InvalidOperationException) return "a string holds half a surrogate pair";
        int position = failure.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string text = position < 0 ? failure.Message : failure.Message.Substring(0, position);
        return WithoutInput(text.TrimEnd('.', ' '));
    }

    /// <summary>
    /// The parser quotes a word that is none with all that follows it in the buffer: the quotation is cut after the word, since
    /// a message shows no more of an input than it must.
    /// </summary>
    private static string WithoutInput(string text)
    {
        int end = text.LastIndexOf("' is an invalid JSON literal", StringComparison.Ordinal);
        if (end < 0 || text[0] != '\'') return text;
        int length = 1;
        while (length < end && length <= LongestWord && char.IsLetterOrDigit(text[length])) length++;
        return text.Substring(0, length) + text.Substring(end);
    }

    private BrokenValueException Torn() =>
        new(_line, "the input ends in the middle of the JSON", "The file was cut off: write it again, or copy it again.");

    private BrokenValueException TooLong() =>
        new(
            _line,
            FormattableString.Invariant($"the JSON is longer than {_options.MaximumDocumentBytes} bytes"),
            "Raise MaximumDocumentBytes if the file is to be trusted.");

    private InputError Error(long line, string reason, string advice) => new(_file, line, null, reason, advice);

    private sealed class BrokenValueException(long line, string message, string advice) : Exception(message)
    {
        public long Line { get; } = line;

        public string Advice { get; } = advice;
    }
}
