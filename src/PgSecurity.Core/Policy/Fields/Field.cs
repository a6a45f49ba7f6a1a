using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Expressions.Functions;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Policy;

/// <summary>A field that a rule names, resolved to where it is in a resource.</summary>
internal sealed class Field
{
    private readonly PathSegment[] _segments;
    private readonly PathOrigin _origin;
    private readonly bool _isPlain;
    private string? _display;

    internal Field(FieldKind kind, string text, string type, PathOrigin origin, PathSegment[] segments)
    {
        Kind = kind;
        Text = text;
        Type = type;
        _origin = origin;
        _segments = segments;
        Levels = segments.Count(segment => segment.Each);
        _isPlain = kind == FieldKind.Alias && segments.Length == 1 && Levels == 0 && origin is PathOrigin.Properties or PathOrigin.PropertiesThenRoot;
        Glimpse = _isPlain ? Postures.Reading.Glimpse.IndexOf(segments[0].Name) : Postures.Reading.Glimpse.None;
    }

    /// <summary>What kind of field it is.</summary>
    public FieldKind Kind { get; }

    /// <summary>As the rule spells it.</summary>
    public string Text { get; }

    /// <summary>The resource type that an alias belongs to, in the spelling of <see cref="FacetTypes"/>; empty for others.</summary>
    public string Type { get; }

    /// <summary>How many <c>[*]</c> the path has.</summary>
    public int Levels { get; }

    /// <summary>The property that a snapshot's reader notes where it stands, as <see cref="Postures.Reading.Glimpse"/> numbers them; none for any other.</summary>
    public int Glimpse { get; }

    /// <summary>Whether the path ends in <c>[*]</c>, so that it names the members of an array.</summary>
    public bool IsArrayAlias => _segments.Length > 0 && _segments[_segments.Length - 1].Each;

    /// <summary>The count whose members the path goes through, by the index of its frame; -1 where there is none.</summary>
    public int FrameIndex { get; private init; } = -1;

    /// <summary>How many <c>[*]</c> of the path that count stands at.</summary>
    public int BoundLevels { get; private init; }

    /// <summary>The path as a finding shows it: without <c>properties</c>.</summary>
    public string Display => _display ??= _segments.Length == 0
        ? Text
        : string.Join(".", _segments.Select(segment => segment.Name + (segment.Each ? "[*]" : "")));

    /// <summary>Reads a field's name; where it is none, says what would be.</summary>
    public static bool TryParse(string text, out Field? field, out string error) =>
        FieldParser.TryParse(text, null, out field, out error);

    /// <summary>Reads a field's name, where aliases of certain types that no posture holds are names of nothing.</summary>
    public static bool TryParse(string text, ICollection<string>? otherTypes, out Field? field, out string error) =>
        FieldParser.TryParse(text, otherTypes, out field, out error);

    /// <summary>The same field where the counts around it stand at members that it goes through.</summary>
    public Field Bind(IReadOnlyList<CountScope> scopes)
    {
        int frame = -1;
        int bound = 0;
        foreach (CountScope scope in scopes)
        {
            if (scope.Field is null) continue;
            int shared = SharedLevels(scope.Field);
            if (shared == 0 || shared < bound) continue;
            frame = scope.FrameIndex;
            bound = shared;
        }

        return frame < 0
            ? this
            : new Field(Kind, Text, Type, _origin, _segments) { FrameIndex = frame, BoundLevels = bound };
    }

    /// <summary>Reads the field of the resource that is being looked at.</summary>
    public Presence Read(EvaluationContext context, out ExpressionValue value) =>
        Read(context, context.Resource, context.Type, out value);

    /// <summary>The value as the function <c>field()</c> gives it: the empty string where it is missing, an array where there are many.</summary>
    public ExpressionValue Value(EvaluationContext context, FieldSource source)
    {
        Resource? resource = context.Resource;
        string type = context.Type;
        if (source == FieldSource.Function && context.Outer is { } outer
            && !(Kind == FieldKind.Alias && Matches(Type, context.Type)))
        {
            resource = outer;
            type = outer.Type;
        }

        switch (Read(context, resource, type, out ExpressionValue value))
        {
            case Presence.Found:
                return value;
            case Presence.Missing:
                return ExpressionValue.From("");
            case Presence.Unknown:
                return ExpressionValue.Unknown(WhyUnknown(resource));
            default:
                ValueCollector collector = new(this, resource);
                Walk(context, resource, type, null, ref collector);
                return collector.Result;
        }
    }

    /// <summary>The value in one resource, outside a rule; the empty text where it is missing.</summary>
    internal ExpressionValue Of(Resource resource)
    {
        ExpressionValue value = default;
        Presence presence = Kind == FieldKind.Alias && !Matches(Type, resource.Type) ? Presence.Missing
            : Levels > 0 ? Presence.Many
            : Kind is FieldKind.Alias or FieldKind.Root or FieldKind.Location ? ReadPath(resource, out value)
            : Presence.Unknown;
        return presence switch
        {
            Presence.Found => value,
            Presence.Missing => ExpressionValue.From(""),
            _ => ExpressionValue.Unknown(WhyUnknown(resource)),
        };
    }

    /// <summary>Gives every value of a path through arrays to a visitor; the members on the way to a frame, where there is one.</summary>
    public void Walk<TVisitor>(EvaluationContext context, CountFrame? frame, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor =>
        Walk(context, context.Resource, context.Type, frame, ref visitor);

    /// <summary>Why a field of a resource cannot be told.</summary>
    public string WhyUnknown(Resource? resource)
    {
        if (resource is null) return $"{Display} is not known";
        if (Kind is FieldKind.Alias or FieldKind.Root or FieldKind.Location
            && TryFindMark(resource, out string reason))
        {
            return Because(reason);
        }

        return resource.Gap is { } gap ? Because(gap) : $"{Display} is not known";
    }

    /// <summary>A reason with the field that it is about; a fact of our own says itself what it could not read.</summary>
    public string Because(string reason) =>
        Type.StartsWith("PgSecurity/", StringComparison.Ordinal) ? reason : $"{Display}: {reason}";

    private Presence Read(EvaluationContext context, Resource? resource, string type, out ExpressionValue value)
    {
        value = default;
        if (Kind == FieldKind.Type)
        {
            value = ExpressionValue.From(type);
            return Presence.Found;
        }

        if (Kind == FieldKind.Alias && !Matches(Type, type)) return Levels > 0 ? Presence.Many : Presence.Missing;
        if (resource is null) return Presence.Unknown;

        switch (Kind)
        {
            case FieldKind.Name:
                value = ExpressionValue.From(resource.Name);
                return Presence.Found;
            case FieldKind.Id:
                value = ExpressionValue.From(resource.Id);
                return Presence.Found;
            case FieldKind.FullName:
                value = ExpressionValue.From(ResourceNames.FullName(resource));
                return Presence.Found;
            default:
                return Levels > 0 ? Presence.Many : ReadPath(resource, out value);
        }
    }

    private Presence ReadPath(Resource resource, out ExpressionValue value)
    {
        if (Glimpse != Postures.Reading.Glimpse.None && resource.TryGlimpse(Glimpse, out value)) return Presence.Found;
        if (_isPlain && resource.TryRead(_segments[0].Name, out bool isThere, out value))
        {
            if (isThere) return Presence.Found;
            if (_origin == PathOrigin.Properties) return Presence.Missing;
        }

        value = default;
        Presence presence = First(resource, out JsonElement element);
        for (int i = 1; i < _segments.Length && presence == Presence.Found; i++)
        {
            if (element.ValueKind == JsonValueKind.Array) return Presence.Many;
            presence = Step(resource, element, _segments[i], inArray: false, out element);
        }

        if (presence == Presence.Found) value = ExpressionValue.From(element);
        return presence;
    }

    private void Walk<TVisitor>(
        EvaluationContext context, Resource? resource, string type, CountFrame? frame, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor
    {
        if (Kind == FieldKind.Alias && !Matches(Type, type)) return;
        if (resource is null)
        {
            visitor.Visit(Presence.Unknown, default);
            return;
        }

        if (FrameIndex >= 0 && ReferenceEquals(resource, context.Resource))
        {
            JsonElement[] members = context.Frame(FrameIndex).Members;
            frame?.CopyFrom(members, BoundLevels);
            AfterSegment(resource, members[BoundLevels - 1], SegmentOfLevel(BoundLevels), BoundLevels, frame, ref visitor);
            return;
        }

        Presence presence = First(resource, out JsonElement element);
        Arrive(resource, presence, element, 0, 0, frame, ref visitor);
    }

    /// <summary>The value of a segment is there: go into its members where the path says so, else on to the next segment.</summary>
    private bool Arrive<TVisitor>(
        Resource resource, Presence presence, JsonElement element, int segment, int level, CountFrame? frame, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor
    {
        if (presence == Presence.Unknown) return visitor.Visit(Presence.Unknown, default);
        if (!_segments[segment].Each)
        {
            return presence == Presence.Missing
                ? MissingBelow(segment, level, ref visitor)
                : AfterSegment(resource, element, segment, level, frame, ref visitor);
        }

        if (presence == Presence.Missing) return true;
        if (element.ValueKind != JsonValueKind.Array) return visitor.Visit(Presence.Unknown, default);
        foreach (JsonElement member in element.EnumerateArray())
        {
            frame?.Set(level, member);
            if (!AfterSegment(resource, member, segment, level + 1, frame, ref visitor)) return false;
        }

        return true;
    }

    private bool AfterSegment<TVisitor>(
        Resource resource, JsonElement element, int segment, int level, CountFrame? frame, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor
    {
        if (segment == _segments.Length - 1)
        {
            return element.ValueKind == JsonValueKind.Null
                ? visitor.Visit(Presence.Missing, default)
                : visitor.Visit(Presence.Found, ExpressionValue.From(element));
        }

        if (element.ValueKind == JsonValueKind.Array)
        {
            // An old alias that goes through an array without saying so, such as diagnosticSettings/metrics.enabled.
            foreach (JsonElement member in element.EnumerateArray())
            {
                if (!AfterSegment(resource, member, segment, level, frame, ref visitor)) return false;
            }

            return true;
        }

        Presence presence = Step(resource, element, _segments[segment + 1], inArray: true, out JsonElement next);
        return Arrive(resource, presence, next, segment + 1, level, frame, ref visitor);
    }

    /// <summary>A member on the way is missing: nothing is selected where the path still goes into an array, else a missing value.</summary>
    private bool MissingBelow<TVisitor>(int segment, int level, ref TVisitor visitor)
        where TVisitor : struct, IFieldVisitor
    {
        for (int i = segment + 1; i < _segments.Length; i++)
        {
            if (_segments[i].Each) return true;
        }

        return visitor.Visit(Presence.Missing, default);
    }

    private Presence First(Resource resource, out JsonElement value)
    {
        PathSegment first = _segments[0];
        switch (_origin)
        {
            case PathOrigin.Root:
                return Step(resource, resource.Body, first, inArray: false, out value);
            case PathOrigin.Properties:
                return InProperties(resource, first, out value);
            case PathOrigin.RootThenProperties:
                Presence atRoot = Step(resource, resource.Body, first, inArray: false, out value);
                if (atRoot == Presence.Found) return atRoot;
                Presence below = InProperties(resource, first, out value);
                return below == Presence.Missing ? atRoot : below;
            default:
                Presence inProperties = InProperties(resource, first, out value);
                return inProperties == Presence.Missing
                    ? Step(resource, resource.Body, first, inArray: false, out value)
                    : inProperties;
        }
    }

    private static Presence InProperties(Resource resource, PathSegment segment, out JsonElement value)
    {
        value = default;
        if (!resource.IsObject) return Presence.Missing;
        if (!resource.TryGetProperties(out JsonElement properties)) return Absent(resource, resource.Body);
        return properties.ValueKind == JsonValueKind.Null
            ? Presence.Missing
            : StepBelowProperties(resource, properties, segment, out value);
    }

    private static Presence StepBelowProperties(
        Resource resource, JsonElement properties, PathSegment segment, out JsonElement value) =>
        resource.TryGetMember(properties, segment.PathInProperties, segment.Name, segment.Utf8Name, out value)
            ? value.ValueKind == JsonValueKind.Null ? Presence.Missing : Presence.Found
            : Absent(resource, properties);

    private static Presence Step(
        Resource resource, JsonElement container, PathSegment segment, bool inArray, out JsonElement value)
    {
        value = default;
        if (container.ValueKind != JsonValueKind.Object) return Presence.Missing;
        bool found = inArray
            ? segment.TryGetInArray(resource, container, out value)
            : resource.TryGetMember(container, segment.Path, segment.Name, segment.Utf8Name, out value);
        if (!found) return Absent(resource, container);
        return value.ValueKind == JsonValueKind.Null ? Presence.Missing : Presence.Found;
    }

    private static Presence Absent(Resource resource, JsonElement container) =>
        resource.Gap is not null || UnknownValue.Is(container) ? Presence.Unknown : Presence.Missing;

    private static bool Matches(string aliasType, string type) =>
        ReferenceEquals(aliasType, type) || string.Equals(aliasType, type, StringComparison.OrdinalIgnoreCase);

    private int SegmentOfLevel(int level)
    {
        for (int i = 0; ; i++)
        {
            if (_segments[i].Each && --level == 0) return i;
        }
    }

    private int SharedLevels(Field counted)
    {
        if (Kind != counted.Kind || !Matches(Type, counted.Type)) return 0;
        int levels = 0;
        for (int i = 0; i < _segments.Length && i < counted._segments.Length; i++)
        {
            PathSegment mine = _segments[i];
            PathSegment other = counted._segments[i];
            if (mine.Each != other.Each || !string.Equals(mine.Name, other.Name, StringComparison.OrdinalIgnoreCase)) break;
            if (mine.Each) levels++;
        }

        return levels;
    }

    private bool TryFindMark(Resource resource, out string reason)
    {
        JsonElement element = resource.Body;
        reason = "";
        if (_origin != PathOrigin.Root
            && resource.TryGetProperties(out JsonElement properties))
        {
            element = properties;
        }

        foreach (PathSegment segment in _segments)
        {
            if (UnknownValue.Is(element)) break;
            if (segment.Each || element.ValueKind == JsonValueKind.Array) return JsonMembers.FindMark(element, out reason);
            if (element.ValueKind != JsonValueKind.Object || !JsonMembers.TryGet(element, segment.Name, out element)) return false;
        }

        return JsonMembers.FindMark(element, out reason);
    }

    /// <summary>Puts the values of a walk into an array, for the function <c>field()</c>.</summary>
    private struct ValueCollector(Field read, Resource? resource) : IFieldVisitor
    {
        private readonly List<ExpressionValue> _values = new();
        private bool _unknown = false;

        public readonly ExpressionValue Result => _unknown
            ? ExpressionValue.Unknown(read.WhyUnknown(resource))
            : Elements.ToArray(_values);

        // The members of an array are what they are, null or not known; a property that they lack is left out, so that
        // one which is not known leaves open how many there are.
        public bool Visit(Presence presence, in ExpressionValue value)
        {
            bool isMember = read.IsArrayAlias;
            if (presence == Presence.Unknown || (value.IsUnknown && !isMember)) _unknown = true;
            if (presence == Presence.Found || isMember) _values.Add(value);
            return !_unknown;
        }
    }
}
