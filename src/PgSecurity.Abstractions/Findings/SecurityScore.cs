namespace PgSecurity;

/// <summary>
/// How secure something is, by the findings on it. Weights: Critical 10, High 6, Medium 3, Low 1, Informational 0. What
/// is not applicable or exempt does not count; what is unknown is never counted as passed.
/// </summary>
public sealed class SecurityScore
{
    /// <summary>What is scored: <c>Estate</c>, <c>Server</c>, <c>Section</c> (over the estate), or <c>ServerSection</c>.</summary>
    public required string Level { get; init; }

    /// <summary>The server's ARM id; empty where it is not one server.</summary>
    public string ResourceId { get; init; } = "";

    /// <summary>The server's name; empty where it is not one server.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The section; empty where it is not one.</summary>
    public string Section { get; init; } = "";

    /// <summary>The servers that are counted.</summary>
    public required int Servers { get; init; }

    /// <summary>
    /// From 0 to 100: the weight of what passed in the weight of what is known to have passed or failed. Null where
    /// nothing that weighs is known.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>The score if everything unknown turned out to fail. Null where nothing weighs.</summary>
    public double? LowestScore { get; init; }

    /// <summary>The score if everything unknown turned out to pass. Null where nothing weighs.</summary>
    public double? HighestScore { get; init; }

    /// <summary>Findings that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Findings that could not be told.</summary>
    public int Unknown { get; init; }

    /// <summary>Findings that passed.</summary>
    public int Passed { get; init; }

    /// <summary>Findings of controls that cannot hold there.</summary>
    public int NotApplicable { get; init; }

    /// <summary>Findings set aside by an exemption.</summary>
    public int Exempt { get; init; }

    /// <summary>Failed findings of severity Critical.</summary>
    public int CriticalFailed { get; init; }

    /// <summary>Failed findings of severity High.</summary>
    public int HighFailed { get; init; }

    /// <summary>Failed findings of severity Medium.</summary>
    public int MediumFailed { get; init; }

    /// <summary>Failed findings of severity Low.</summary>
    public int LowFailed { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(ServerName.Length > 0 ? ServerName : Level)}{(Section.Length > 0 ? " " + Section : "")}: "
        + (Score is double score ? score.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) : "not known");
}
