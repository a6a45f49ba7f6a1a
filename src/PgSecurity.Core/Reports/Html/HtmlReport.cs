using System.IO;

namespace PgSecurity.Core.Reports.Html;

/// <summary>
/// One self-contained page. What adds up stands in the page itself and needs no script; the heat map and the findings are
/// drawn from data by the page's script, what is seen only.
/// </summary>
internal sealed class HtmlReport : ReportWriter
{
    private readonly Stream _output;
    private readonly ReportData _data;
    private readonly TopControls _top = new();

    public HtmlReport(Stream output, ReportOptions options)
        : base(options)
    {
        _output = output;
        _data = new ReportData(ControlOf, options.SourceRoot);
    }

    private protected override void Add(Finding finding)
    {
        _data.Add(finding);
        _top.Add(finding);
    }

    private protected override void Finish(ReportScores scores) => new HtmlPage(_output, Options, scores, _top, _data).Write();
}
