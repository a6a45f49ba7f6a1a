using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace PgSecurity.Shell.Documentation;

/// <summary>The parameters of a cmdlet as help shows them: its own, not those that every cmdlet has.</summary>
internal static class CmdletParameters
{
    /// <summary>The own parameters of a set: positional ones by position, then mandatory ones, then the others as declared.</summary>
    public static IEnumerable<CommandParameterInfo> InOrder(CommandParameterSetInfo set) =>
        set.Parameters
            .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name))
            .OrderBy(parameter => parameter.Position == int.MinValue ? int.MaxValue : parameter.Position)
            .ThenBy(parameter => !parameter.IsMandatory);

    /// <summary>A type's name as PowerShell writes it in a syntax: <c>string[]</c>, <c>Severity</c>.</summary>
    public static string TypeName(Type type)
    {
        if (type.IsArray) return TypeName(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return TypeName(underlying);
        if (type == typeof(string)) return "string";
        if (type == typeof(int)) return "int";
        if (type == typeof(PSObject)) return "psobject";
        return type.Name;
    }
}
