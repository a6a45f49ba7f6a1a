namespace PgSecurity;

/// <summary>Whether a server takes one group for the key exchange.</summary>
public sealed class TlsGroupResult
{
    /// <summary>Makes a result.</summary>
    public TlsGroupResult(string name, bool isPostQuantum, TlsSupport support)
    {
        Name = name;
        IsPostQuantum = isPostQuantum;
        Support = support;
    }

    /// <summary>The group, such as <c>X25519MLKEM768</c>.</summary>
    public string Name { get; }

    /// <summary>Whether a quantum computer does not break it, as far as is known.</summary>
    public bool IsPostQuantum { get; }

    /// <summary>The server's answer.</summary>
    public TlsSupport Support { get; }

    /// <summary>Group and support.</summary>
    public override string ToString() => $"{Name} {Support}";
}
