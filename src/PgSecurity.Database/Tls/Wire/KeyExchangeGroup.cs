using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Tls.Wire;

/// <summary>A group for the key exchange, by the number that it has on the wire.</summary>
internal sealed record KeyExchangeGroup(ushort Number, string Name, bool IsPostQuantum = false, bool IsElliptic = true)
{
    /// <summary>The groups that are asked for, those that resist a quantum computer first.</summary>
    public static IReadOnlyList<KeyExchangeGroup> All { get; } = new KeyExchangeGroup[]
    {
        new(0x11ec, "X25519MLKEM768", IsPostQuantum: true),
        new(0x11eb, "SecP256r1MLKEM768", IsPostQuantum: true),
        new(0x11ed, "SecP384r1MLKEM1024", IsPostQuantum: true),
        new(0x001d, "X25519"),
        new(0x0017, "P-256"),
        new(0x0018, "P-384"),
        new(0x0019, "P-521"),
        new(0x001e, "X448"),
        new(0x0100, "ffdhe2048", IsElliptic: false),
        new(0x0101, "ffdhe3072", IsElliptic: false),
    };

    /// <summary>The groups of a hello that wants any answer.</summary>
    public static IReadOnlyList<ushort> Usual { get; } =
        All.Where(group => !group.IsPostQuantum).Select(group => group.Number).ToList();
}
