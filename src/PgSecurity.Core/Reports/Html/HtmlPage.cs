using System.Globalization;
using System.IO;
using System.Text;
using PgSecurity.Core.Controls;

namespace PgSecurity.Core.Reports.Html;

/// <summary>The page around the data: head, score, sections, what to fix first, and the places that the script fills.</summary>
internal sealed class HtmlPage(Stream output, ReportOptions options, ReportScores scores, TopControls top, ReportData data)
{
    private const int FixFirst = 8;

    private readonly StreamWriter _html = new(output, new UTF8Encoding(false), 16 * 1024, leaveOpen: true) { NewLine = "\n" };

    public void Write()
    {
        WriteHead();
        WriteHeader();
        _html.WriteLine("<main>");
        WriteSummary();
        WriteSections();
        WriteFixFirst();
        WriteDrawn();
        _html.WriteLine("</main>");
        WriteFooter();
        _html.Write("<script type=\"application/json\" id=\"data\">");
        _html.Flush();
        data.WriteTo(output, scores);
        _html.WriteLine("</script>");
        _html.Write("<script>");
        _html.Write(PageAssets.Script);
        _html.WriteLine("</script>");
        _html.WriteLine("</body>");
        _html.WriteLine("</html>");
        _html.Flush();
        _html.Dispose();
    }

    private SecurityScore Estate => scores.Estate;

    private void WriteHead()
    {
        _html.WriteLine("<!DOCTYPE html>");
        _html.WriteLine("<html lang=\"en\">");
        _html.WriteLine("<head>");
        _html.WriteLine("<meta charset=\"utf-8\">");
        _html.WriteLine($"<meta http-equiv=\"Content-Security-Policy\" content=\"{PageAssets.Policy}\">");
        _html.WriteLine("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        _html.WriteLine("<meta name=\"referrer\" content=\"no-referrer\">");
        _html.WriteLine("<meta name=\"color-scheme\" content=\"light dark\">");
        _html.WriteLine($"<meta name=\"generator\" content=\"PgSecurity {HtmlText.Encode(options.ToolVersion)}\">");
        _html.WriteLine($"<title>{HtmlText.Encode(options.Title)}</title>");
        _html.Write("<style>");
        _html.Write(PageAssets.Style);
        _html.WriteLine("</style>");
        _html.WriteLine("</head>");
    }

    private void WriteHeader()
    {
        _html.WriteLine("<body>");
        _html.WriteLine("<a class=\"skip\" href=\"#findings\">Skip to the findings</a>");
        _html.WriteLine("<header class=\"top\">");
        _html.WriteLine("<div>");
        _html.WriteLine($"<h1>{HtmlText.Encode(options.Title)}</h1>");
        _html.WriteLine($"<p class=\"muted\">{Plural(Estate.Servers, "server")} · <time datetime=\"{ReportJson.Time(options.GeneratedAt)}\">{When()} UTC</time></p>");
        _html.WriteLine("</div>");
        _html.WriteLine("<button type=\"button\" id=\"theme\" class=\"quiet\" hidden>Theme: system</button>");
        _html.WriteLine("</header>");
    }

    private void WriteSummary()
    {
        _html.WriteLine("<section class=\"summary\" aria-labelledby=\"summary-title\">");
        _html.WriteLine("<h2 id=\"summary-title\" class=\"sr\">Summary</h2>");
        _html.WriteLine("<div class=\"card score\">");
        _html.WriteLine(scores.IsKnown ? ScoreCharts.Gauge(Estate) : "<p class=\"no-score\">No score</p>");
        _html.WriteLine(scores.IsKnown ? $"<p>{RangeText()}</p>" : "<p>The findings leave out what passed, so no score can be told. Audit with <code>-IncludePassed</code>.</p>");
        _html.WriteLine("</div>");
        _html.WriteLine("<ul class=\"tiles\">");
        Tile("critical", Estate.CriticalFailed, "critical failed");
        Tile("high", Estate.HighFailed, "high failed");
        Tile("medium", Estate.MediumFailed, "medium failed");
        Tile("low", Estate.LowFailed, "low failed");
        Tile("unknown", Estate.Unknown, "unknown");
        Tile("exempt", Estate.Exempt, "exempt");
        Tile("pass", Estate.Passed, "passed");
        Tile("na", Estate.NotApplicable, "not applicable");
        _html.WriteLine("</ul>");
        string trend = ScoreTrend.Chart(options, scores);
        if (trend.Length > 0) _html.WriteLine(trend);
        _html.WriteLine("</section>");
    }

    private void WriteSections()
    {
        if (scores.Sections.Count == 0) return;
        _html.WriteLine("<section class=\"card\" aria-labelledby=\"sections-title\">");
        _html.WriteLine("<h2 id=\"sections-title\">Sections</h2>");
        _html.WriteLine("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of the sections\"><table class=\"sections\">");
        _html.WriteLine("<thead><tr><th scope=\"col\">Section</th><th scope=\"col\" class=\"number\">Score</th><th scope=\"col\" class=\"chart\">Passed, unknown, failed</th>"
            + "<th scope=\"col\" class=\"number\">Failed</th><th scope=\"col\" class=\"number\">Critical</th><th scope=\"col\" class=\"number\">High</th><th scope=\"col\" class=\"number\">Unknown</th><th scope=\"col\" class=\"number\">Passed</th></tr></thead>");
        _html.WriteLine("<tbody>");
        foreach (SecurityScore section in scores.Sections)
        {
            _html.WriteLine($"<tr><th scope=\"row\">{HtmlText.Encode(ControlSections.TitleOf(section.Section))}</th>"
                + $"<td class=\"number\">{(scores.IsKnown ? Score(section.Score) : "–")}</td><td class=\"chart\">{ScoreCharts.Bar(section)}</td>"
                + $"<td class=\"number\">{Number(section.Failed)}</td><td class=\"number\">{Number(section.CriticalFailed)}</td><td class=\"number\">{Number(section.HighFailed)}</td>"
                + $"<td class=\"number\">{Number(section.Unknown)}</td><td class=\"number\">{Number(section.Passed)}</td></tr>");
        }

        _html.WriteLine("</tbody></table></div>");
        _html.WriteLine("</section>");
    }

    private void WriteFixFirst()
    {
        var first = top.Take(FixFirst);
        if (first.Count == 0) return;
        _html.WriteLine("<section class=\"card\" aria-labelledby=\"first-title\">");
        _html.WriteLine("<h2 id=\"first-title\">What to fix first</h2>");
        _html.WriteLine("<ol class=\"first\">");
        foreach (TopControl control in first)
        {
            string id = HtmlText.Encode(control.Id);
            _html.WriteLine($"<li><span class=\"badge {Css(control.Severity)}\">{control.Severity}</span> "
                + $"<a href=\"#findings\" data-control=\"{id}\"><span class=\"id\">{id}</span> {HtmlText.Encode(control.Title)}</a> <span class=\"muted\">{Plural(control.Failed, "server")}</span></li>");
        }

        _html.WriteLine("</ol>");
        _html.WriteLine("</section>");
    }

    /// <summary>What the script draws; without it a sentence says so.</summary>
    private void WriteDrawn()
    {
        _html.WriteLine("<noscript><p class=\"card\">The heat map and the findings need JavaScript. The CSV, JSON and Markdown reports hold the same findings without it.</p></noscript>");
        _html.WriteLine("<section id=\"map\" class=\"card\" aria-labelledby=\"map-title\" hidden></section>");
        _html.WriteLine("<section id=\"findings\" class=\"card\" aria-labelledby=\"findings-title\" tabindex=\"-1\" hidden></section>");
    }

    private void WriteFooter()
    {
        _html.WriteLine("<footer class=\"muted\">");
        _html.WriteLine("<p><strong>Unknown is not passed.</strong> A control is <em>unknown</em> on a server where something it needs could not be seen; the reason says what. "
            + "<em>Not applicable</em>: it cannot hold for that version, tier, role or network. <em>Exempt</em>: set aside, with a reason and an expiry. "
            + "The score is the weight of what passed in the weight of what is known: critical 10, high 6, medium 3, low 1.</p>");
        _html.WriteLine($"<p>PgSecurity {HtmlText.Encode(options.ToolVersion)}. This file is complete: nothing is loaded, nothing is sent.</p>");
        _html.WriteLine("</footer>");
    }

    private void Tile(string css, int count, string label) =>
        _html.WriteLine($"<li class=\"tile {css}{(count == 0 ? " none" : "")}\"><strong>{Number(count)}</strong> <span>{label}</span></li>");

    private string RangeText() => Estate.Unknown > 0
        ? $"{Score(Estate.LowestScore)} to {Score(Estate.HighestScore)}, depending on {Plural(Estate.Unknown, "unknown")}"
        : "Nothing is unknown";

    private string When() => options.GeneratedAt.ToUniversalTime().ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);

    private static string Css(Severity severity) => severity.ToString().ToLowerInvariant();

    private static string Plural(int count, string noun) =>
        noun == "unknown" ? $"{Number(count)} unknown" : $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Score(double? score) => score is double known ? known.ToString("0.0", CultureInfo.InvariantCulture) : "–";
}
