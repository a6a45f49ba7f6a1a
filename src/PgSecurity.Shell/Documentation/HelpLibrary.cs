using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace PgSecurity.Shell.Documentation;

/// <summary>
/// The help of the module: pages in <c>docs/en-US</c> are its source; the syntax in them, the help XML and the about_
/// texts in <c>module/en-US</c> are made from them and from the cmdlets.
/// </summary>
internal sealed class HelpLibrary
{
    private const string SyntaxHeading = "## SYNTAX\n\n```powershell\n";

    private readonly IReadOnlyList<CommandInfo> _cmdlets;

    /// <summary>Makes it for a clone of the repository.</summary>
    /// <param name="root">The folder of the manifest.</param>
    /// <param name="cmdlets">The module's cmdlets.</param>
    public HelpLibrary(string root, IEnumerable<CommandInfo> cmdlets)
    {
        PageFolder = Path.Combine(root, "docs", "en-US");
        HelpFolder = Path.Combine(root, "module", "en-US");
        _cmdlets = cmdlets.OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal).ToList();
    }

    /// <summary>The folder of the pages.</summary>
    public string PageFolder { get; }

    /// <summary>The folder of what is made of them.</summary>
    public string HelpFolder { get; }

    /// <summary>Every file that is made, with its text.</summary>
    /// <exception cref="HelpPageException">A page lacks, or is incomplete.</exception>
    public IReadOnlyDictionary<string, string> Files()
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        foreach (CommandInfo cmdlet in _cmdlets)
        {
            string path = PageOf(cmdlet.Name);
            files[path] = WithSyntax(Read(path), cmdlet);
        }

        files[Path.Combine(HelpFolder, "PgSecurity.dll-Help.xml")] = HelpXml();
        foreach (string page in Directory.EnumerateFiles(PageFolder, "about_*.md").OrderBy(path => path, StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(page) + ".help.txt";
            files[Path.Combine(HelpFolder, name)] = AboutTopic.Text(Read(page));
        }

        return files;
    }

    /// <summary>Writes the files that are not as they should be.</summary>
    /// <returns>Their paths.</returns>
    public IReadOnlyList<string> Update()
    {
        Directory.CreateDirectory(HelpFolder);
        List<string> written = [];
        foreach ((string path, string text) in Files())
        {
            if (File.Exists(path) && Read(path) == text) continue;
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            written.Add(path);
        }

        return written;
    }

    /// <summary>The page of a cmdlet.</summary>
    public string PageOf(string cmdlet) => Path.Combine(PageFolder, cmdlet + ".md");

    private string HelpXml()
    {
        XDocument help = MamlWriter.Write(_cmdlets.Select(cmdlet => (cmdlet, HelpPageReader.ReadFile(PageOf(cmdlet.Name)))));
        StringBuilder text = new();
        XmlWriterSettings settings = new() { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (XmlWriter writer = XmlWriter.Create(text, settings))
        {
            help.Save(writer);
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static string WithSyntax(string page, CommandInfo cmdlet)
    {
        int start = page.IndexOf(SyntaxHeading, StringComparison.Ordinal);
        int end = start < 0 ? -1 : page.IndexOf("```\n", start + SyntaxHeading.Length, StringComparison.Ordinal);
        if (end < 0) throw new HelpPageException($"{cmdlet.Name}: the page has no section 'SYNTAX' with a powershell block.");
        string syntax = string.Join("\n\n", CmdletSyntax.Lines(cmdlet)) + "\n";
        return page[..(start + SyntaxHeading.Length)] + syntax + page[end..];
    }

    private static string Read(string path) =>
        File.Exists(path)
            ? File.ReadAllText(path).ReplaceLineEndings("\n")
            : throw new HelpPageException($"There is no page '{path}'.");
}
