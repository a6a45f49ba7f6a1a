using System;
using System.Globalization;

namespace PgSecurity.Core.Reports.Html;

/// <summary>Small charts of a score, as SVG without scripts or styles of its own.</summary>
internal static class ScoreCharts
{
    /// <summary>A ring: as much of it as the score, then what is unknown.</summary>
    public static string Gauge(SecurityScore score)
    {
        double known = score.LowestScore ?? 0;
        double unknown = Math.Max(0, (score.HighestScore ?? 0) - known);
        string label = FormattableString.Invariant($"Score {score.Score:0.0} of 100");
        return "<svg class=\"gauge\" viewBox=\"0 0 120 120\" role=\"img\" aria-label=\"" + label + "\">"
            + "<circle class=\"track\" cx=\"60\" cy=\"60\" r=\"52\" pathLength=\"100\"/>"
            + Arc("arc-pass", 0, known)
            + Arc("arc-unknown", known, unknown)
            + FormattableString.Invariant($"<text class=\"value\" x=\"60\" y=\"66\">{score.Score:0.0}</text><text class=\"unit\" x=\"60\" y=\"84\">of 100</text></svg>");
    }

    /// <summary>A bar of what passed, is unknown and failed, by count.</summary>
    public static string Bar(SecurityScore score)
    {
        double all = score.Passed + score.Unknown + score.Failed;
        if (all == 0) return "<span class=\"muted\">–</span>";
        double passed = 100 * score.Passed / all;
        double unknown = 100 * score.Unknown / all;
        string label = FormattableString.Invariant($"{score.Passed} passed, {score.Unknown} unknown, {score.Failed} failed");
        return "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"" + label + "\">"
            + Part("bar-pass", 0, passed) + Part("bar-unknown", passed, unknown) + Part("bar-fail", passed + unknown, 100 - passed - unknown) + "</svg>";
    }

    private static string Arc(string css, double start, double length) => length <= 0
        ? ""
        : FormattableString.Invariant($"<circle class=\"{css}\" cx=\"60\" cy=\"60\" r=\"52\" pathLength=\"100\" stroke-dasharray=\"{length:0.##} 200\" transform=\"rotate({-90 + (3.6 * start):0.##} 60 60)\"/>");

    private static string Part(string css, double x, double width) => width <= 0.01
        ? ""
        : string.Format(CultureInfo.InvariantCulture, "<rect class=\"{0}\" x=\"{1:0.##}\" y=\"0\" width=\"{2:0.##}\" height=\"10\"/>", css, x, width);
}
