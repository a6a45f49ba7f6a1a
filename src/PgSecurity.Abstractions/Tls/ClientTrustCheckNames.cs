namespace PgSecurity;

/// <summary>The names of the checks of what a client trusts.</summary>
public static class ClientTrustCheckNames
{
    /// <summary>The source is there and can be read.</summary>
    public const string Readable = "Readable";

    /// <summary>The roots that servers' certificates end at today are trusted.</summary>
    public const string RootsNow = "RootsNow";

    /// <summary>The roots that they will end at are trusted.</summary>
    public const string RootsNext = "RootsNext";

    /// <summary>No certificate is trusted that is no root: an intermediate or a server's own, which change without notice.</summary>
    public const string NoPinning = "NoPinning";

    /// <summary>No trusted certificate is out of its period of use.</summary>
    public const string NoneExpired = "NoneExpired";

    /// <summary>No root is trusted that the service leaves.</summary>
    public const string NoneLeaving = "NoneLeaving";
}
