using System;

namespace PgSecurity.Core.Findings;

/// <summary>Counts findings and their weights, for one line of the score.</summary>
internal sealed class Tally
{
    private readonly int[] _outcomes = new int[Enum.GetValues(typeof(Outcome)).Length];
    private readonly int[] _failedBySeverity = new int[Enum.GetValues(typeof(Severity)).Length];
    private long _passed;
    private long _failed;
    private long _unknown;

    public void Add(Outcome outcome, Severity severity)
    {
        int weight = SeverityWeights.Of(severity);
        _outcomes[(int)outcome]++;
        switch (outcome)
        {
            case Outcome.Pass:
                _passed += weight;
                break;
            case Outcome.Fail:
                _failed += weight;
                _failedBySeverity[(int)severity]++;
                break;
            case Outcome.Unknown:
                _unknown += weight;
                break;
        }
    }

    public SecurityScore ToScore(string level, string resourceId, string serverName, string section, int servers) => new()
    {
        Level = level,
        ResourceId = resourceId,
        ServerName = serverName,
        Section = section,
        Servers = servers,
        Score = Share(_passed, _passed + _failed),
        LowestScore = Share(_passed, _passed + _failed + _unknown),
        HighestScore = Share(_passed + _unknown, _passed + _failed + _unknown),
        Failed = _outcomes[(int)Outcome.Fail],
        Unknown = _outcomes[(int)Outcome.Unknown],
        Passed = _outcomes[(int)Outcome.Pass],
        NotApplicable = _outcomes[(int)Outcome.NotApplicable],
        Exempt = _outcomes[(int)Outcome.Exempt],
        CriticalFailed = _failedBySeverity[(int)Severity.Critical],
        HighFailed = _failedBySeverity[(int)Severity.High],
        MediumFailed = _failedBySeverity[(int)Severity.Medium],
        LowFailed = _failedBySeverity[(int)Severity.Low],
    };

    /// <summary>
    /// To one digit, and down, so that 100 means that nothing failed, and 0 only that nothing passed.
    /// </summary>
    private static double? Share(long part, long whole)
    {
        if (whole == 0) return null;
        double share = Math.Floor(1000.0 * part / whole) / 10;
        return part > 0 && share == 0 ? 0.1 : share;
    }
}
