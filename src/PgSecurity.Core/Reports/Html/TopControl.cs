namespace PgSecurity.Core.Reports.Html;

/// <summary>A control that failed, and on how many servers.</summary>
internal sealed class TopControl(Finding first)
{
    public string Id { get; } = first.ControlId;

    public string Title { get; } = first.Title;

    public Severity Severity { get; set; } = first.Severity;

    public int Failed { get; set; }
}
