namespace PgSecurity;

/// <summary>One verdict on a connection, with what was seen.</summary>
public sealed class TlsCheck
{
    /// <summary>Makes a verdict.</summary>
    public TlsCheck(string name, Severity severity, TlsOutcome outcome, string observed)
    {
        Name = name;
        Severity = severity;
        Outcome = outcome;
        Observed = observed;
    }

    /// <summary>The check's name, the same in every report: one of <see cref="TlsCheckNames"/>.</summary>
    public string Name { get; }

    /// <summary>How much a failure weighs. An informational one does not make the whole report fail.</summary>
    public Severity Severity { get; }

    /// <summary>What it came to.</summary>
    public TlsOutcome Outcome { get; }

    /// <summary>What was seen, in a sentence; where it is not a pass, why.</summary>
    public string Observed { get; }

    /// <summary>The verdict as one line.</summary>
    public override string ToString() => $"{Name}: {Outcome} ({Observed})";
}
