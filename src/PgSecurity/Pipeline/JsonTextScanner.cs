namespace PgSecurity.Pipeline;

/// <summary>
/// Tells where a JSON object or array that comes in pieces, as lines do, is complete. It counts brackets outside
/// strings and judges nothing else: whether the text is right is the reader's business.
/// </summary>
internal sealed class JsonTextScanner
{
    private int _depth;
    private bool _inString;
    private bool _escaped;

    /// <summary>Whether an object or an array was begun and not ended.</summary>
    public bool IsInside => _depth > 0;

    /// <summary>Whether a string was begun and not ended.</summary>
    public bool IsInString => _inString;

    /// <summary>Forgets an unfinished text.</summary>
    public void Reset()
    {
        _depth = 0;
        _inString = false;
        _escaped = false;
    }

    /// <summary>Takes the next piece.</summary>
    public void Read(string piece)
    {
        foreach (char character in piece)
        {
            if (_inString) ReadInString(character);
            else ReadOutside(character);
        }
    }

    private void ReadInString(char character)
    {
        if (_escaped) _escaped = false;
        else if (character == '\\') _escaped = true;
        else if (character == '"') _inString = false;
    }

    private void ReadOutside(char character)
    {
        switch (character)
        {
            case '"':
                _inString = _depth > 0;
                break;
            case '{' or '[':
                _depth++;
                break;
            case '}' or ']' when _depth > 0:
                _depth--;
                break;
        }
    }
}
