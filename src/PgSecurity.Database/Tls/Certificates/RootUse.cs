namespace PgSecurity.Database.Tls.Certificates;

/// <summary>What a root is to the service in one cloud.</summary>
public enum RootUse
{
    /// <summary>Nothing is known.</summary>
    Unknown,

    /// <summary>Server certificates end there today.</summary>
    Now,

    /// <summary>Server certificates will end there.</summary>
    Next,

    /// <summary>The service leaves it.</summary>
    Leaving,

    /// <summary>Microsoft recommends to trust it; nothing is known to end there.</summary>
    Recommended,
}
