using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Finds a property that stands twice in one object, while the tokens go by. Names that differ in case only count as
/// the same, as ARM compares them, except among tags: readers disagree on which one is meant, so neither may be
/// believed. Orders of names that were found without repetition are remembered (<see cref="NameOrder"/>), up to a bound;
/// beyond it 64 bits are held a name.
/// </summary>
internal sealed class DuplicateKeys
{
    private const int MaximumOrders = 8192;

    private readonly List<OpenObject> _stack = new();
    private readonly NameOrder _top = NameOrder.Empty(exactCase: false);
    private readonly NameTable _names;
    private int _depth = -1;
    private int _orders;
    private bool _afterTags;

    /// <summary>Starts with nothing remembered.</summary>
    /// <param name="names">Gets every name that is seen.</param>
    public DuplicateKeys(NameTable names) => _names = names;

    /// <summary>The first name that stood twice, or null.</summary>
    public string? Found { get; private set; }

    /// <summary>Forgets the value at hand, for the next one.</summary>
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
            case JsonTokenType.PropertyName:
                ObserveName(ref reader);
                return;
            case JsonTokenType.StartObject:
                Enter();
                break;
            case JsonTokenType.EndObject:
                _depth--;
                break;
        }

        _afterTags = false;
    }

    private void Enter()
    {
        NameOrder start = _depth < 0 ? _top : _stack[_depth].At.Inside(_afterTags);
        _depth++;
        if (_depth == _stack.Count) _stack.Add(new OpenObject());
        _stack[_depth].Start(start);
    }

    private void ObserveName(ref Utf8JsonReader reader)
    {
        OpenObject open = _stack[_depth];
        if (reader.ValueIsEscaped)
        {
            string name = reader.GetString()!;
            ObserveName(open, Encoding.UTF8.GetBytes(name), ref reader);
        }
        else
        {
            ObserveName(open, reader.ValueSpan, ref reader);
        }

        _afterTags = open.IsMany
            ? reader.ValueTextEquals("tags") || reader.ValueTextEquals("Tags")
            : open.At.IsTags;
    }

    private void ObserveName(OpenObject open, ReadOnlySpan<byte> name, ref Utf8JsonReader reader)
    {
        if (!open.IsMany && open.At.Next(name) is NameOrder next)
        {
            open.At = next;
            return;
        }

        if (open.IsMany || _orders >= MaximumOrders || !open.At.HasRoom)
        {
            if (!open.AddToMany(name)) Found ??= reader.GetString();
            if (!_names.IsFull) _names.Add(Text(name));
        }
        else if (open.At.Holds(name))
        {
            Found ??= reader.GetString();
        }
        else
        {
            open.At = open.At.Add(name);
            _orders++;
            _names.Add(Text(name));
        }
    }

    // Bytes that are no UTF-8 make the whole value an error, so what stands in their place does not matter.
    private static string Text(ReadOnlySpan<byte> name) => Encoding.UTF8.GetString(name.ToArray());

    /// <summary>An object that has begun and not ended.</summary>
    private sealed class OpenObject
    {
        private readonly HashSet<ulong> _many = new();

        /// <summary>The names so far, as long as they are followed.</summary>
        public NameOrder At { get; set; } = NameOrder.Empty(exactCase: false);

        /// <summary>Whether the names are too many, or too many different ones, to be followed.</summary>
        public bool IsMany { get; private set; }

        public void Start(NameOrder at)
        {
            At = at;
            IsMany = false;
        }

        /// <summary>Adds a name to those that are only counted; false where it stands there already.</summary>
        public bool AddToMany(ReadOnlySpan<byte> name)
        {
            if (!IsMany)
            {
                IsMany = true;
                _many.Clear();
                for (NameOrder? held = At; held is { Length: > 0 }; held = held.Before)
                {
                    _many.Add(Hash(held.Name, At.ExactCase));
                }
            }

            return _many.Add(Hash(name, At.ExactCase));
        }

        /// <summary>FNV-1a over the bytes, ASCII letters folded.</summary>
        private static ulong Hash(ReadOnlySpan<byte> name, bool exactCase)
        {
            ulong hash = 14695981039346656037;
            foreach (byte value in name)
            {
                hash = (hash ^ (exactCase ? value : NameOrder.Fold(value))) * 1099511628211;
            }

            return hash;
        }
    }
}
