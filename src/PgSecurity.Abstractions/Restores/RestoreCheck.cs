namespace PgSecurity;

/// <summary>One thing in which a restored server is held against its source.</summary>
public sealed class RestoreCheck
{
    /// <summary>Makes a check.</summary>
    public RestoreCheck(string name, Outcome outcome, string expected, string observed)
    {
        Name = name;
        Outcome = outcome;
        Expected = expected;
        Observed = observed;
    }

    /// <summary>What is looked at: <c>answers</c>, <c>version</c>, <c>encryption</c>, <c>publicAccess</c>, <c>firewall</c>, <c>transport</c>, <c>authentication</c>.</summary>
    public string Name { get; }

    /// <summary>Pass, Fail, or Unknown where it cannot be told.</summary>
    public Outcome Outcome { get; }

    /// <summary>What the source has.</summary>
    public string Expected { get; }

    /// <summary>What the restored server has.</summary>
    public string Observed { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Outcome} ({Observed})";
}
