using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Finds a property that stands twice in one object, while the tokens go by. Names that differ in case only count as
/// the same, as ARM compares them, except among tags: readers disagree on which one is meant, so neither may be
/// believed. Holds 64 bits a name and no text.
/// </summary>
internal sealed class DuplicateKeys
{
    private const int LinearLimit = 32;

    private readonly List<ObjectKeys> _stack = new();
    private int _depth = -1;
    private bool _afterTags;

    /// <summary>The first name that stood twice, or null.</summary>
    public string? Found { get; private set; }

    /// <summary>Forgets everything, for the next value.</summary>
    public void Reset()
    {
        _depth = -1;
        _afterTags = false;
        Found = null;
    }

    /// <summary>Takes the reader's current token into account.</summary>
    public void Observe(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                Enter();
                break;
            case JsonTokenType.EndObject:
                _depth--;
                break;
            case JsonTokenType.PropertyName:
                ObserveName(ref reader);
                return;
        }

        _afterTags = false;
    }

    private void Enter()
    {
        _depth++;
        if (_depth == _stack.Count) _stack.Add(new ObjectKeys());
        _stack[_depth].Start(exactCase: _afterTags);
    }

    private void ObserveName(ref Utf8JsonReader reader)
    {
        ObjectKeys keys = _stack[_depth];
        bool escaped = reader.ValueIsEscaped;
        ulong hash = escaped
            ? Hash(Encoding.UTF8.GetBytes(reader.GetString()!), keys.ExactCase)
            : Hash(reader.ValueSpan, keys.ExactCase);
        if (!keys.Add(hash)) Found ??= reader.GetString();
        _afterTags = reader.ValueTextEquals("tags") || reader.ValueTextEquals("Tags");
    }

    /// <summary>FNV-1a over the bytes, ASCII letters folded.</summary>
    private static ulong Hash(ReadOnlySpan<byte> name, bool exactCase)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in name)
        {
            byte folded = !exactCase && value is >= (byte)'A' and <= (byte)'Z' ? (byte)(value | 0x20) : value;
            hash = (hash ^ folded) * 1099511628211;
        }

        return hash;
    }

    private sealed class ObjectKeys
    {
        private readonly List<ulong> _few = new();
        private readonly HashSet<ulong> _many = new();

        public bool ExactCase { get; private set; }

        public void Start(bool exactCase)
        {
            ExactCase = exactCase;
            _few.Clear();
            if (_many.Count > 0) _many.Clear();
        }

        public bool Add(ulong hash)
        {
            if (_many.Count > 0) return _many.Add(hash);
            if (_few.Contains(hash)) return false;
            _few.Add(hash);
            if (_few.Count > LinearLimit) _many.UnionWith(_few);
            return true;
        }
    }
}
