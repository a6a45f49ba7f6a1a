using System;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Reports.Html;

/// <summary>
/// The start of the command that shows how a server would be repaired; the page adds the control. A server of a template
/// has no subscription yet: its template is what to change.
/// </summary>
internal static class RepairCommand
{
    private const string NoSubscription = "/subscriptions/00000000-0000-0000-0000-000000000000/";

    /// <summary>The command up to the control's id; null where there is no flexible server in Azure to repair.</summary>
    public static string? For(string resourceId) =>
        ServerId.TryParse(resourceId, out ServerId? id)
        && id!.ResourceType == ServerId.FlexibleServerType
        && id.Value == resourceId
        && !resourceId.StartsWith(NoSubscription, StringComparison.OrdinalIgnoreCase)
        && !resourceId.Any(MarkdownEscape.IsHidden)
            ? $"Get-PgSecurityFinding -ResourceId {Quote(resourceId)} -Control "
            : null;

    /// <summary>A control's id as an argument; null where it cannot be written down safely.</summary>
    public static string? Argument(string controlId) =>
        controlId.Length == 0 || controlId.Any(MarkdownEscape.IsHidden) ? null
        : controlId.All(character => character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-') && controlId[0] != '-' ? controlId
        : Quote(controlId);

    /// <summary>Text as a literal of PowerShell, which ends a literal at typographic quotes too.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new(text.Length + 2);
        quoted.Append('\'');
        foreach (char character in text)
        {
            if (character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B') quoted.Append(character);
            quoted.Append(character);
        }

        return quoted.Append('\'').ToString();
    }
}
