using System.Text.Json;
using PgSecurity.Core.Expressions;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures;

/// <summary>A resource as it stands in the bytes of a document that was checked, parsed when it is asked for.</summary>
internal readonly struct ResourceText
{
    private readonly byte[]? _document;
    private readonly int _maximumDepth;
    private readonly SnapshotOutline.ResourcePlace _place;

    public ResourceText(byte[] document, int maximumDepth, in SnapshotOutline.ResourcePlace place)
    {
        _document = document;
        _maximumDepth = maximumDepth;
        _place = place;
    }

    /// <summary>Whether there is such a text.</summary>
    public bool IsThere => _document is not null;

    /// <summary>The id.</summary>
    public string Id() => TextMemory.Decode(_document!, _place.Id);

    /// <summary>The JSON object, which keeps the bytes.</summary>
    public JsonElement Body() => JsonText.Parse(_document!, _place.Body, _maximumDepth);

    /// <summary>A property's value without parsing the object; false where that takes parsing it.</summary>
    /// <param name="glimpse">Which property, as <see cref="Glimpse"/> numbers them.</param>
    /// <param name="value">The value.</param>
    public bool TryGlimpse(int glimpse, out ExpressionValue value)
    {
        TextPlace place = glimpse switch
        {
            Glimpse.DataType => _place.DataType,
            Glimpse.PendingRestart => _place.PendingRestart,
            _ => default,
        };
        value = default;
        if (!place.IsThere) return false;
        value = glimpse == Glimpse.DataType
            ? ExpressionValue.From(TextMemory.Decode(_document!, place))
            : ExpressionValue.From(_document![place.Start] == (byte)'t');
        return true;
    }
}
