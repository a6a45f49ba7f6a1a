using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Xml.Linq;

namespace PgSecurity.Shell.Documentation;

/// <summary>
/// Writes the help XML that <c>Get-Help</c> reads: the words from the pages, the syntax from the cmdlets themselves, so
/// that neither can be out of date with the other.
/// </summary>
internal static class MamlWriter
{
    private static readonly XNamespace Root = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Makes the document.</summary>
    /// <param name="cmdlets">The cmdlets with their pages.</param>
    public static XDocument Write(IEnumerable<(CommandInfo Cmdlet, HelpPage Page)> cmdlets) =>
        new(new XElement(
            Root + "helpItems",
            new XAttribute("schema", "maml"),
            cmdlets.OrderBy(pair => pair.Page.Name, StringComparer.Ordinal).Select(pair => CommandOf(pair.Cmdlet, pair.Page))));

    private static XElement CommandOf(CommandInfo cmdlet, HelpPage page)
    {
        string[] name = page.Name.Split('-', 2);
        return new XElement(
            Command + "command",
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            new XElement(
                Command + "details",
                new XElement(Command + "name", page.Name),
                new XElement(Command + "verb", name[0]),
                new XElement(Command + "noun", name[1]),
                new XElement(Maml + "description", Para(page.Synopsis))),
            new XElement(Maml + "description", page.Description.Select(Para)),
            new XElement(Command + "syntax", cmdlet.ParameterSets.Select(set => SyntaxItem(set, page))),
            new XElement(Command + "parameters", ParametersOf(cmdlet).Select(parameter => Parameter(parameter, page))),
            new XElement(Command + "inputTypes", page.Inputs.Select(type => TypeOf("inputType", type))),
            new XElement(Command + "returnValues", page.Outputs.Select(type => TypeOf("returnValue", type))),
            new XElement(Maml + "alertSet", new XElement(Maml + "alert", page.Notes.Select(Para))),
            new XElement(Command + "examples", page.Examples.Select(Example)),
            new XElement(Command + "relatedLinks", page.Links.Select(Link)));
    }

    private static XElement SyntaxItem(CommandParameterSetInfo set, HelpPage page) =>
        new(
            Command + "syntaxItem",
            new XElement(Maml + "name", page.Name),
            CmdletParameters.InOrder(set).Select(parameter => Parameter(parameter, page)));

    /// <summary>Every parameter once, in the form of the first set that has it.</summary>
    private static IEnumerable<CommandParameterInfo> ParametersOf(CommandInfo cmdlet) =>
        cmdlet.ParameterSets
            .SelectMany(CmdletParameters.InOrder)
            .GroupBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.First())
            .OrderBy(parameter => parameter.Name, StringComparer.OrdinalIgnoreCase);

    private static XElement Parameter(CommandParameterInfo parameter, HelpPage page)
    {
        if (!page.Parameters.TryGetValue(parameter.Name, out IReadOnlyList<string>? text))
        {
            throw new HelpPageException($"{page.Name}: the page does not describe -{parameter.Name}.");
        }

        bool isSwitch = parameter.ParameterType == typeof(SwitchParameter);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Lower(parameter.IsMandatory)),
            new XAttribute("variableLength", Lower(parameter.ParameterType.IsArray)),
            new XAttribute("globbing", Lower(parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any())),
            new XAttribute("pipelineInput", PipelineInput(parameter)),
            new XAttribute("position", parameter.Position == int.MinValue ? "named" : parameter.Position.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            new XElement(Maml + "description", text.Select(Para)),
            ChoicesOf(parameter),
            isSwitch ? null : new XElement(
                Command + "parameterValue",
                new XAttribute("required", "true"),
                new XAttribute("variableLength", Lower(parameter.ParameterType.IsArray)),
                CmdletParameters.TypeName(parameter.ParameterType)),
            new XElement(
                Dev + "type",
                new XElement(Maml + "name", CmdletParameters.TypeName(parameter.ParameterType)),
                new XElement(Maml + "uri")),
            new XElement(Dev + "defaultValue", isSwitch ? "False" : "None"));
    }

    private static XElement? ChoicesOf(CommandParameterInfo parameter)
    {
        Type type = parameter.ParameterType.GetElementType() ?? parameter.ParameterType;
        if (!type.IsEnum) return null;
        return new XElement(
            Command + "parameterValueGroup",
            Enum.GetNames(type).Select(name => new XElement(
                Command + "parameterValue",
                new XAttribute("required", "false"),
                new XAttribute("variableLength", "false"),
                name)));
    }

    private static string PipelineInput(CommandParameterInfo parameter) =>
        (parameter.ValueFromPipeline, parameter.ValueFromPipelineByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static XElement TypeOf(string element, HelpType type) =>
        new(
            Command + element,
            new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
            new XElement(Maml + "description", type.Description.Select(Para)));

    private static XElement Example(HelpExample example) =>
        new(
            Command + "example",
            new XElement(Maml + "title", $"-------------------------- {example.Title} --------------------------"),
            new XElement(Dev + "code", example.Code),
            new XElement(Dev + "remarks", example.Remarks.Select(Para)));

    private static XElement Link(HelpLink link) =>
        new(
            Maml + "navigationLink",
            new XElement(Maml + "linkText", link.Text),
            new XElement(Maml + "uri", link.Address.StartsWith("http", StringComparison.Ordinal) ? link.Address : ""));

    private static XElement Para(string text) => new(Maml + "para", text);

    private static string Lower(bool value) => value ? "true" : "false";
}
