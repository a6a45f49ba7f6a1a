using System.Linq;
using PgSecurity.Core.Controls;
using PgSecurity.Core.Remediation;

namespace PgSecurity.Core.Documentation;

/// <summary>The page of one control.</summary>
internal static class ControlPage
{
    public static string Render(ControlDefinition control)
    {
        Control described = CompiledControl.Compile(control, ControlSettings.None).Describe();
        Markdown page = new Markdown()
            .Heading(1, $"{control.Id} {control.Title}")
            .Paragraph(control.Description)
            .Table(
                new[] { "", "" },
                new[]
                {
                    new[] { "Severity", control.Severity.ToString() },
                    new[] { "Section", ControlSections.TitleOf(control.Section) },
                    new[] { "Guide", control.Guide },
                    new[] { "Profiles", string.Join(", ", control.Profiles) },
                    new[] { "Reads", string.Join(", ", described.Facets.Select(Markdown.Code)) },
                })
            .Section("Why", control.Rationale)
            .Section("What fixing it does", control.Impact);
        AddApplicability(page, control);
        AddRemediation(page, control);
        AddParameters(page, described);
        AddMappings(page, control);
        return page.ToString();
    }

    private static void AddApplicability(Markdown page, ControlDefinition control)
    {
        if (control.AppliesTo.Count == 0) return;
        page.Heading(2, "When it does not apply").List(control.AppliesTo.Select(condition => condition.Reason));
    }

    private static void AddRemediation(Markdown page, ControlDefinition control)
    {
        ControlRemediation remediation = control.Remediation;
        page.Section("How to fix it", remediation.Text).Paragraph(remediation.Manual);
        if (remediation.Steps.Count == 0) return;

        page.Paragraph($"The change is {ClassText(remediation.Class)}. Its steps:")
            .Numbered(remediation.Steps.Select(StepText.Of));
        if (control.Guards.Count > 0)
        {
            page.Paragraph($"It is refused unless these guards hold: {string.Join(", ", control.Guards.Select(Markdown.Code))}.");
        }
    }

    private static void AddParameters(Markdown page, Control control)
    {
        if (control.Parameters.Count == 0) return;
        page.Heading(2, "Parameters").Table(
            new[] { "Name", "Type", "Default", "Meaning" },
            control.Parameters.Select(parameter => new[]
            {
                Markdown.Code(parameter.Name == "effect" ? control.ControlId + ".effect" : parameter.Name),
                parameter.Type,
                Markdown.Code(parameter.Value),
                parameter.Name == "effect" && parameter.Description.Length == 0 ? "`Disabled` turns the control off." : parameter.Description,
            }));
    }

    private static void AddMappings(Markdown page, ControlDefinition control)
    {
        if (control.Benchmarks.Count > 0)
        {
            page.Heading(2, "Benchmarks").Table(
                new[] { "Benchmark", "Version", "Number", "Mapping" },
                control.Benchmarks.Select(reference => new[]
                {
                    reference.Benchmark, reference.Version, reference.Number, reference.IsOfficial ? "official" : "by analogy",
                }));
        }

        if (control.Replaces.Count > 0)
        {
            page.Heading(2, "Checks of other tools").Table(
                new[] { "Tool", "Check", "Where this control differs" },
                control.Replaces.Select(check => new[] { check.Peer, Markdown.Code(check.Check), check.Difference }));
        }

        if (control.References.Count > 0)
        {
            page.Heading(2, "References").List(control.References.Select(reference => $"<{reference}>"));
        }
    }

    private static string ClassText(RemediationClass remediationClass) => remediationClass switch
    {
        RemediationClass.Restart => "reversible and takes effect with a restart",
        RemediationClass.Secret => "undone only with a secret",
        RemediationClass.OneWay => "one way: it cannot be undone",
        _ => "reversible",
    };
}
