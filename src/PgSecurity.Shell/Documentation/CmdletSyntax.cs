using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PgSecurity.Shell.Documentation;

/// <summary>The syntax of a cmdlet, one line a parameter set, as a page shows it.</summary>
internal static class CmdletSyntax
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(CommandInfo cmdlet) =>
        cmdlet.ParameterSets.Select(set => string.Join(
            " ",
            CmdletParameters.InOrder(set).Select(Parameter).Prepend(cmdlet.Name).Append("[<CommonParameters>]")));

    private static string Parameter(CommandParameterInfo parameter)
    {
        string name = parameter.Position == int.MinValue ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        if (parameter.ParameterType == typeof(SwitchParameter))
        {
            return parameter.IsMandatory ? $"-{parameter.Name}" : $"[-{parameter.Name}]";
        }

        string text = $"{name} <{CmdletParameters.TypeName(parameter.ParameterType)}>";
        return parameter.IsMandatory ? text : $"[{text}]";
    }
}
