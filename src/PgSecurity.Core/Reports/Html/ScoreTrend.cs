using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Reports.Html;

/// <summary>The score over time: a line, with a band of what was unknown, and the numbers as a table.</summary>
internal static class ScoreTrend
{
    private const double Width = 300;
    private const double Height = 90;
    private const double Margin = 6;
    private const int MostListed = 12;

    /// <summary>The chart; empty where there is nothing to compare with.</summary>
    public static string Chart(ReportOptions options, ReportScores scores)
    {
        List<ScorePoint> points = options.History.Where(point => point.At < options.GeneratedAt).OrderBy(point => point.At).ToList();
        if (scores.IsKnown)
        {
            points.Add(new ScorePoint(
                options.GeneratedAt, scores.Estate.Score!.Value, scores.Estate.LowestScore!.Value, scores.Estate.HighestScore!.Value));
        }

        if (points.Count < 2) return "";
        double change = points[points.Count - 1].Score - points[0].Score;
        string summary = string.Format(
            CultureInfo.InvariantCulture, "From {0:0.0} on {1} to {2:0.0} on {3}", points[0].Score, Day(points[0]), points[points.Count - 1].Score, Day(points[points.Count - 1]));
        StringBuilder html = new();
        html.Append("<figure class=\"card trend\"><figcaption><h2>Trend</h2> <span>")
            .Append(summary).Append(": ").Append(change >= 0 ? "+" : "−").Append(Math.Abs(change).ToString("0.0", CultureInfo.InvariantCulture)).Append("</span></figcaption>");
        html.Append(FormattableString.Invariant($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{summary}\">"));
        html.Append(Grid(0)).Append(Grid(50)).Append(Grid(100));
        html.Append("<polygon class=\"band\" points=\"").Append(Band(points)).Append("\"/>");
        html.Append("<polyline class=\"line\" points=\"").Append(Line(points, point => point.Score)).Append("\"/>");
        foreach (ScorePoint point in points)
        {
            html.Append(FormattableString.Invariant($"<circle class=\"dot\" cx=\"{X(points, point):0.#}\" cy=\"{Y(point.Score):0.#}\" r=\"3\"><title>{Day(point)}: {point.Score:0.0}</title></circle>"));
        }

        html.Append("</svg>");
        html.Append("<details><summary>Numbers</summary><table><thead><tr><th scope=\"col\">Day</th><th scope=\"col\" class=\"number\">Score</th><th scope=\"col\" class=\"number\">Lowest</th><th scope=\"col\" class=\"number\">Highest</th></tr></thead><tbody>");
        foreach (ScorePoint point in Enumerable.Reverse(points).Take(MostListed))
        {
            html.Append(FormattableString.Invariant($"<tr><th scope=\"row\">{Day(point)}</th><td class=\"number\">{point.Score:0.0}</td><td class=\"number\">{point.LowestScore:0.0}</td><td class=\"number\">{point.HighestScore:0.0}</td></tr>"));
        }

        return html.Append("</tbody></table></details></figure>").ToString();
    }

    private static string Grid(double score) =>
        FormattableString.Invariant($"<line class=\"grid\" x1=\"{Margin}\" x2=\"{Width - Margin - 18}\" y1=\"{Y(score):0.#}\" y2=\"{Y(score):0.#}\"/><text class=\"tick\" x=\"{Width - 18}\" y=\"{Y(score) + 3:0.#}\">{score}</text>");

    private static string Band(List<ScorePoint> points) =>
        Line(points, point => point.HighestScore) + " " + string.Join(" ", Enumerable.Reverse(Line(points, point => point.LowestScore).Split(' ')));

    private static string Line(List<ScorePoint> points, Func<ScorePoint, double> value) =>
        string.Join(" ", points.Select(point => FormattableString.Invariant($"{X(points, point):0.#},{Y(value(point)):0.#}")));

    private static double X(List<ScorePoint> points, ScorePoint point)
    {
        double span = (points[points.Count - 1].At - points[0].At).TotalSeconds;
        double share = span <= 0 ? 1 : (point.At - points[0].At).TotalSeconds / span;
        return Margin + (share * (Width - (2 * Margin) - 22));
    }

    private static double Y(double score) => Margin + ((100 - score) / 100 * (Height - (2 * Margin)));

    private static string Day(ScorePoint point) => point.At.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
