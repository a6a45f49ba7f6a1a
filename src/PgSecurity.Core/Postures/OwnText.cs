using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures;

/// <summary>A resource in bytes of its own, or of a few like it.</summary>
internal sealed class OwnText : ResourceText
{
    private readonly byte[] _document;
    private readonly int _maximumDepth;
    private readonly SnapshotOutline.ResourcePlace _place;

    public OwnText(byte[] document, int maximumDepth, in SnapshotOutline.ResourcePlace place)
    {
        _document = document;
        _maximumDepth = maximumDepth;
        _place = place;
    }

    public override string Id() => TextMemory.Decode(_document, _place.Id);

    public override JsonElement Body() => JsonText.Parse(_document, _place.Body, _maximumDepth);

    public override bool TryGlimpse(int glimpse, out ExpressionValue value) => Glimpse.TryRead(_document, _place, glimpse, out value);
}
