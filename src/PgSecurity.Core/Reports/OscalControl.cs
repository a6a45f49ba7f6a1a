using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Reports;

/// <summary>One control over all servers, as OSCAL's findings tell of it.</summary>
internal sealed class OscalControl
{
    private const string Nist = "NIST SP 800-53";

    private readonly int[] _outcomes = new int[5];

    public OscalControl(Finding first)
    {
        Id = first.ControlId;
        Token = ToToken(first.ControlId);
        Title = ReportJson.Sound(first.Title.Trim().Length > 0 ? first.Title : first.ControlId);
        Severity = first.Severity;
        CatalogIds = first.Benchmarks
            .Where(reference => reference.Benchmark.StartsWith(Nist, StringComparison.OrdinalIgnoreCase))
            .Select(reference => ToCatalogId(reference.Number)).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
    }

    public string Id { get; }

    /// <summary>The id as OSCAL's tokens are spelt.</summary>
    public string Token { get; }

    public string Title { get; }

    public Severity Severity { get; }

    /// <summary>The controls of NIST SP 800-53 that it answers, as NIST's OSCAL catalogue spells them: <c>ac-4</c>, <c>sc-7.5</c>.</summary>
    public IReadOnlyList<string> CatalogIds { get; }

    public string Recommendation { get; private set; } = "";

    public List<Guid> Observations { get; } = new();

    public int Failed => _outcomes[(int)Outcome.Fail];

    public int Exempt => _outcomes[(int)Outcome.Exempt];

    /// <summary>What is unknown or set aside does not satisfy.</summary>
    public bool IsSatisfied => _outcomes[(int)Outcome.Pass] > 0 && Failed == 0 && Exempt == 0 && _outcomes[(int)Outcome.Unknown] == 0;

    public bool IsNowhereApplicable => _outcomes[(int)Outcome.NotApplicable] == Observations.Count;

    /// <summary>OSCAL knows pass, fail and other.</summary>
    public string StatusReason => IsSatisfied ? "pass" : Failed > 0 ? "fail" : "other";

    public void Add(Outcome outcome, Guid observation, string recommendation)
    {
        _outcomes[(int)outcome]++;
        Observations.Add(observation);
        if (Recommendation.Length == 0) Recommendation = recommendation;
    }

    /// <summary>The counts in a sentence.</summary>
    public string Summary() => string.Join(", ", new[] { Outcome.Fail, Outcome.Unknown, Outcome.Pass, Outcome.NotApplicable, Outcome.Exempt }
        .Where(outcome => _outcomes[(int)outcome] > 0)
        .Select(outcome => string.Format(CultureInfo.InvariantCulture, "{0} {1}", _outcomes[(int)outcome], OutcomeWords.Of(outcome)))) + ".";

    /// <summary><c>SC-7(5)</c> → <c>sc-7.5</c>; empty where it is no control of that catalogue.</summary>
    private static string ToCatalogId(string number)
    {
        string id = string.Concat(number.ToLowerInvariant().Where(character => character is not (' ' or ')')).Select(character => character == '(' ? '.' : character));
        bool isOne = id.Length > 3 && id[2] == '-' && id.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.');
        return isOne ? id : "";
    }

    private static string ToToken(string id)
    {
        StringBuilder token = new(id.Length + 1);
        foreach (char character in id)
        {
            bool isPlain = character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.';
            token.Append(isPlain ? character : '_');
        }

        if (token.Length == 0 || token[0] is '-' or '.' or (>= '0' and <= '9')) token.Insert(0, '_');
        return token.ToString();
    }
}
