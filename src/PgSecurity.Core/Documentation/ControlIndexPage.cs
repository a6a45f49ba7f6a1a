using System.Globalization;
using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Documentation;

/// <summary>The page that lists every control, by section.</summary>
internal static class ControlIndexPage
{
    public static string Render(ControlCatalog catalog)
    {
        Markdown page = new Markdown()
            .Heading(1, "Controls")
            .Paragraph(string.Format(
                CultureInfo.InvariantCulture,
                "{0} controls. Each is an Azure Policy definition in `module/Controls`; these pages are generated from the files. "
                + "The page of one that is fixed by hand says why PgSecurity does not do it.",
                catalog.Controls.Count));
        foreach (IGrouping<string, ControlDefinition> section in catalog.Controls.GroupBy(control => control.Section))
        {
            page.Heading(2, ControlSections.TitleOf(section.Key)).Table(
                new[] { "Control", "What holds when it passes", "Severity", "Fixed by", "Taken back" },
                section.Select(control => new[]
                {
                    $"[{control.Id}]({control.Id}.md)",
                    control.Title,
                    control.Severity.ToString(),
                    control.Remediation.Steps.Count > 0 ? "Repair-PgSecurityFinding" : "hand",
                    control.Remediation.Steps.Count > 0 ? TakenBack(control.Remediation.Class) : "",
                }));
        }

        return page.ToString();
    }

    private static string TakenBack(RemediationClass remediationClass) => remediationClass switch
    {
        RemediationClass.Restart => "with a restart",
        RemediationClass.Secret => "with a secret",
        RemediationClass.OneWay => "no",
        _ => "yes",
    };
}
