namespace PgSecurity.Endurance.Rounds;

/// <summary>How a round's script ends.</summary>
internal enum Ending
{
    /// <summary>By itself.</summary>
    Whole,

    /// <summary>It is stopped after a while, as Ctrl+C does; it may have ended before.</summary>
    Stopped,

    /// <summary>With an error that ends the pipeline.</summary>
    Thrown,
}
