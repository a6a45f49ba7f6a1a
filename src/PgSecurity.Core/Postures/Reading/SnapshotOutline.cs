using System;
using System.Collections.Generic;
using System.Text.Json;
using PgSecurity.Core.Snapshots;

namespace PgSecurity.Core.Postures.Reading;

/// <summary>
/// Where the facets of a snapshot's line and their resources stand in its bytes, noted while the tokens go by; so that of
/// some hundred resources those alone are parsed that a control asks for. Only a line as the writer writes it is
/// outlined: anything else is read whole, by <see cref="SnapshotLine"/>, which says what is wrong with it.
/// </summary>
internal sealed class SnapshotOutline
{
    // The depth of the reader at the tokens of each kind.
    private const int AtRoot = 0;
    private const int InRoot = 1;
    private const int AtFacet = 2;
    private const int InFacet = 3;
    private const int AtResource = 4;
    private const int InResource = 5;
    private const int InProperties = 6;

    private readonly List<FacetPlace> _facets = new();
    private readonly List<ResourcePlace> _resources = new();
    private State _state;
    private bool _isFirstMember;
    private bool _inFacets;
    private Member _facetMember;
    private Member _resourceMember;
    private int _listStart;
    private int _objectStart;
    private int _gapStart;
    private int _propertiesStart;
    private int _glimpse;
    private FacetPlace _facet;
    private ResourcePlace _resource;

    private enum State
    {
        Irregular,
        Open,
        Whole,
    }

    private enum Member
    {
        Other,
        Type,
        Resources,
        Id,
        Name,
        Gap,
        Scope,
        Properties,
    }

    /// <summary>Whether the document is a snapshot's line that was outlined to its end.</summary>
    public bool IsWhole => _state == State.Whole;

    /// <summary>Where the list of facets stands, brackets included; nowhere where there is none.</summary>
    public TextPlace FacetList { get; private set; }

    /// <summary>The facets, in their order.</summary>
    public List<FacetPlace> Facets => _facets;

    /// <summary>The resources of all facets, in their order.</summary>
    public List<ResourcePlace> Resources => _resources;

    /// <summary>Says in which known words the resource stands that ended last.</summary>
    public void Recognise(KnownResource known) => _resources[_resources.Count - 1] = _resources[_resources.Count - 1] with { Known = known };

    /// <summary>Adds a resource that comes after the one that ended last, in the same facet, and was recognised without looking at its tokens.</summary>
    public void Add(in ResourcePlace resource) => _resources.Add(resource);

    /// <summary>Forgets everything, for the next document.</summary>
    public void Reset()
    {
        _state = State.Open;
        _isFirstMember = true;
        _inFacets = false;
        FacetList = default;
        _facets.Clear();
        _resources.Clear();
    }

    /// <summary>Takes the reader's current token into account.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="offset">How far into the document the reader's own bytes begin.</param>
    public void Observe(ref Utf8JsonReader reader, int offset)
    {
        if (_state != State.Open) return;
        int depth = reader.CurrentDepth;
        if (depth > InProperties || (depth > InRoot && !_inFacets)) return;
        bool isRegular = depth switch
        {
            AtRoot => ObserveRoot(reader.TokenType),
            InRoot => ObserveRootMember(ref reader, offset),
            AtFacet => ObserveFacet(reader.TokenType),
            InFacet => ObserveFacetMember(ref reader, offset),
            AtResource => _facetMember != Member.Resources || ObserveResource(ref reader, offset),
            InResource => _facetMember != Member.Resources || ObserveResourceMember(ref reader, offset),
            _ => ObserveProperty(ref reader, offset),
        };
        if (!isRegular) _state = State.Irregular;
    }

    private bool ObserveRoot(JsonTokenType token)
    {
        if (token == JsonTokenType.EndObject) _state = _isFirstMember ? State.Irregular : State.Whole;
        return token is JsonTokenType.StartObject or JsonTokenType.EndObject;
    }

    /// <summary>The schema comes first; of the other members only the facets matter here.</summary>
    private bool ObserveRootMember(ref Utf8JsonReader reader, int offset)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                if (reader.ValueIsEscaped) return false;
                if (_isFirstMember && !reader.ValueTextEquals("schema"u8)) return false;
                _inFacets = reader.ValueTextEquals("facets"u8);
                return true;
            case JsonTokenType.StartArray when _inFacets:
                _listStart = Start(ref reader, offset);
                return true;
            case JsonTokenType.EndArray when _inFacets:
                FacetList = new TextPlace(_listStart, End(ref reader, offset));
                _inFacets = false;
                return true;
        }

        bool isRegular = !_inFacets && (!_isFirstMember || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(SnapshotLine.Schema)));
        _isFirstMember = false;
        return isRegular;
    }

    private bool ObserveFacet(JsonTokenType token)
    {
        if (token == JsonTokenType.StartObject)
        {
            _facet = new FacetPlace { FirstResource = _resources.Count, Count = -1 };
            _facetMember = Member.Other;
            return true;
        }

        if (token != JsonTokenType.EndObject || !_facet.Type.IsThere || _facet.Count < 0) return false;
        _facets.Add(_facet);
        return true;
    }

    private bool ObserveFacetMember(ref Utf8JsonReader reader, int offset)
    {
        JsonTokenType token = reader.TokenType;
        if (token == JsonTokenType.PropertyName)
        {
            _facetMember = reader.ValueTextEquals("type"u8) ? Member.Type
                : reader.ValueTextEquals("resources"u8) ? Member.Resources
                : reader.ValueTextEquals("gap"u8) ? Member.Gap
                : reader.ValueTextEquals("scope"u8) ? Member.Scope
                : Member.Other;
            return !reader.ValueIsEscaped;
        }

        switch (_facetMember)
        {
            case Member.Type:
                _facet.Type = Content(ref reader, offset);
                return _facet.Type.IsThere;
            case Member.Resources:
                if (token == JsonTokenType.EndArray) _facet.Count = _resources.Count - _facet.FirstResource;
                return token is JsonTokenType.StartArray or JsonTokenType.EndArray;
            case Member.Gap:
                if (token == JsonTokenType.StartObject) _gapStart = Start(ref reader, offset);
                if (token == JsonTokenType.EndObject) _facet.Gap = new TextPlace(_gapStart, End(ref reader, offset));
                return token is JsonTokenType.StartObject or JsonTokenType.EndObject or JsonTokenType.Null;
            case Member.Scope:
                _facet.Scope = Content(ref reader, offset);
                return _facet.Scope.IsThere || token == JsonTokenType.Null;
            default:
                return true;
        }
    }

    private bool ObserveResource(ref Utf8JsonReader reader, int offset)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            _resource = default;
            _objectStart = Start(ref reader, offset);
            return true;
        }

        if (reader.TokenType != JsonTokenType.EndObject || !_resource.Id.IsThere) return false;
        _resource.Body = new TextPlace(_objectStart, End(ref reader, offset));
        _resources.Add(_resource);
        return true;
    }

    private bool ObserveResourceMember(ref Utf8JsonReader reader, int offset)
    {
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _resourceMember = reader.ValueTextEquals("id"u8) ? Member.Id
                : reader.ValueTextEquals("name"u8) ? Member.Name
                : reader.ValueTextEquals("properties"u8) ? Member.Properties
                : reader.ValueTextEquals(SnapshotLine.GapKey) ? Member.Gap
                : Member.Other;
            _glimpse = Glimpse.None;
            if (_resourceMember == Member.Other && reader.ValueSpan.StartsWith("$"u8)) _resource.IsMarked = true;
            return !reader.ValueIsEscaped;
        }

        switch (_resourceMember)
        {
            case Member.Properties:
                if (reader.TokenType == JsonTokenType.StartObject) _propertiesStart = Start(ref reader, offset);
                if (reader.TokenType == JsonTokenType.EndObject) _resource.Properties = new TextPlace(_propertiesStart, End(ref reader, offset));
                return true;
            case Member.Id:
                _resource.Id = Content(ref reader, offset);
                return _resource.Id.IsThere;
            case Member.Name:
                _resource.Name = Content(ref reader, offset);
                return _resource.Name.IsThere || reader.TokenType == JsonTokenType.Null;
            case Member.Gap:
                _resource.Gap = Content(ref reader, offset);
                return _resource.Gap.IsThere || reader.TokenType == JsonTokenType.Null;
            default:
                return true;
        }
    }

    private bool ObserveProperty(ref Utf8JsonReader reader, int offset)
    {
        if (_resourceMember != Member.Properties || _facetMember != Member.Resources) return true;
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _glimpse = reader.ValueIsEscaped ? Glimpse.None : Glimpse.IndexOf(reader.ValueSpan);
        }
        else if (_glimpse != Glimpse.None)
        {
            if (_glimpse == Glimpse.DataType) _resource.DataType = Content(ref reader, offset);
            else if (reader.TokenType is JsonTokenType.False or JsonTokenType.True) _resource.PendingRestart = new TextPlace(Start(ref reader, offset), End(ref reader, offset));
            _glimpse = Glimpse.None;
        }

        return true;
    }

    /// <summary>Where the content of a string stands that has no escapes; nowhere for anything else.</summary>
    private static TextPlace Content(ref Utf8JsonReader reader, int offset) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
            ? new TextPlace(Start(ref reader, offset) + 1, End(ref reader, offset) - 1)
            : default;

    private static int Start(ref Utf8JsonReader reader, int offset) => offset + (int)reader.TokenStartIndex;

    private static int End(ref Utf8JsonReader reader, int offset) => offset + (int)reader.BytesConsumed;

    /// <summary>Where a facet stands.</summary>
    internal record struct FacetPlace
    {
        /// <summary>The content of its type.</summary>
        public TextPlace Type { get; set; }

        /// <summary>Its gap, an object; nowhere where it has none.</summary>
        public TextPlace Gap { get; set; }

        /// <summary>The content of its scope; nowhere where it has none.</summary>
        public TextPlace Scope { get; set; }

        /// <summary>The index of its first resource among all.</summary>
        public int FirstResource { get; set; }

        /// <summary>How many resources it has.</summary>
        public int Count { get; set; }
    }

    /// <summary>Where a resource stands.</summary>
    internal record struct ResourcePlace
    {
        /// <summary>The same resource where its bytes have moved by so many.</summary>
        public ResourcePlace Moved(int by) => new()
        {
            Body = Body.Moved(by),
            Id = Id.Moved(by),
            Name = Name.Moved(by),
            Properties = Properties.Moved(by),
            DataType = DataType.Moved(by),
            PendingRestart = PendingRestart.Moved(by),
            Gap = Gap.Moved(by),
            IsMarked = IsMarked,
            Known = Known,
        };

        /// <summary>The object.</summary>
        public TextPlace Body { get; set; }

        /// <summary>The content of its id.</summary>
        public TextPlace Id { get; set; }

        /// <summary>The content of its name; nowhere where it has none.</summary>
        public TextPlace Name { get; set; }

        /// <summary>Its member <c>properties</c>; nowhere where it is anything but an object.</summary>
        public TextPlace Properties { get; set; }

        /// <summary>The content of its property <c>dataType</c>; nowhere where it is anything but a string.</summary>
        public TextPlace DataType { get; set; }

        /// <summary>Its property <c>isConfigPendingRestart</c>; nowhere where it is neither true nor false.</summary>
        public TextPlace PendingRestart { get; set; }

        /// <summary>The content of <see cref="SnapshotLine.GapKey"/>; nowhere where it has none.</summary>
        public TextPlace Gap { get; set; }

        /// <summary>Whether a member beside its properties is a mark that is not known here, with a name that begins with <c>$</c>.</summary>
        public bool IsMarked { get; set; }

        /// <summary>What came before in the same words; null where that was not looked for or nothing did.</summary>
        public KnownResource? Known { get; set; }
    }
}
