using System.Linq;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// Which IPv4 addresses can reach a public endpoint. Blocks from the IANA IPv4 Special-Purpose Address Registry;
/// documentation and benchmarking blocks count as public, since they are small and examples are written with them.
/// </summary>
internal static class Ipv4Space
{
    /// <summary>Private addresses (RFC 1918): never the source of a packet that arrives at a public endpoint.</summary>
    public static Ipv4Set Private { get; } = Blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");

    /// <summary>This network, shared (RFC 6598), loopback, link-local, multicast and reserved addresses.</summary>
    public static Ipv4Set Unroutable { get; } =
        Blocks("0.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4");

    /// <summary>Private and unroutable addresses together.</summary>
    public static Ipv4Set NotPublic { get; } = new(Private.Spans.Concat(Unroutable.Spans));

    /// <summary>How many public addresses there are: some 3.7 thousand million.</summary>
    public static long PublicAddresses { get; } = (1L << 32) - NotPublic.Addresses;

    /// <summary>
    /// From how many public addresses on a firewall lets in the internet at large: one in sixteen, some 231 million. No
    /// organisation is that large (the largest hold a /8, 16.8 million), so whatever the ranges were meant for, strangers
    /// of every kind are in them.
    /// </summary>
    public static long InternetAtLarge { get; } = PublicAddresses / 16;

    private static Ipv4Set Blocks(params string[] blocks) => new(blocks.Select(Block));

    private static Ipv4Range Block(string text)
    {
        string[] parts = text.Split('/');
        Ipv4Range.TryParseAddress(parts[0], out uint first);
        int prefix = int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
        return new Ipv4Range(first, first | (uint)((1L << (32 - prefix)) - 1));
    }
}
