using System.Globalization;
using System.Linq;
using PgSecurity.Core.Controls;

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
                "{0} controls. Each is an Azure Policy definition in `module/Controls`; these pages are generated from the files.",
                catalog.Controls.Count));
        foreach (IGrouping<string, ControlDefinition> section in catalog.Controls.GroupBy(control => control.Section))
        {
            page.Heading(2, ControlSections.TitleOf(section.Key)).Table(
                new[] { "Control", "What holds when it passes", "Severity", "Fixed by" },
                section.Select(control => new[]
                {
                    $"[{control.Id}]({control.Id}.md)",
                    control.Title,
                    control.Severity.ToString(),
                    control.Remediation.Steps.Count > 0 ? "Repair-PgSecurityFinding" : "hand",
                }));
        }

        return page.ToString();
    }
}
