using System;
using System.Text.Json;
using PgSecurity.Core.Postures.Reading;

namespace PgSecurity.Core.Postures;

/// <summary>A resource as it stands in the bytes of a document that was checked, parsed when it is asked for.</summary>
internal readonly struct ResourceText
{
    private readonly byte[] _document;
    private readonly TextPlace _body;
    private readonly TextPlace _id;
    private readonly int _maximumDepth;

    public ResourceText(byte[] document, TextPlace body, TextPlace id, int maximumDepth)
    {
        _document = document;
        _body = body;
        _id = id;
        _maximumDepth = maximumDepth;
    }

    /// <summary>The id.</summary>
    public string Id() => TextMemory.Decode(_document, _id);

    /// <summary>The JSON object, which keeps the document's bytes.</summary>
    public JsonElement Body() => new JsonText(_document, _maximumDepth).Parse(_body);
}
