using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PgSecurity.Core.Documentation;

/// <summary>Writes a page of Markdown: headings, paragraphs, tables.</summary>
internal sealed class Markdown
{
    private readonly StringBuilder _text = new();

    public Markdown Heading(int level, string text) => Block(new string('#', level) + " " + text);

    /// <summary>A paragraph; nothing where the text is empty.</summary>
    public Markdown Paragraph(string text) => text.Length == 0 ? this : Block(text);

    /// <summary>A section of one paragraph; nothing where the text is empty.</summary>
    public Markdown Section(string heading, string text) => text.Length == 0 ? this : Heading(2, heading).Paragraph(text);

    /// <summary>A table; nothing where it has no rows.</summary>
    public Markdown Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> all = rows.ToList();
        if (all.Count == 0) return this;
        StringBuilder table = new();
        table.Append(Row(columns)).Append('\n').Append(Row(columns.Select(_ => "---")));
        foreach (IReadOnlyList<string> row in all)
        {
            table.Append('\n').Append(Row(row.Select(Cell)));
        }

        return Block(table.ToString());
    }

    /// <summary>A list; nothing where it has no items.</summary>
    public Markdown List(IEnumerable<string> items)
    {
        string text = string.Join("\n", items.Select(item => "- " + item));
        return text.Length == 0 ? this : Block(text);
    }

    public Markdown Numbered(IEnumerable<string> items)
    {
        string text = string.Join("\n", items.Select((item, index) =>
            (index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) + ". " + item));
        return text.Length == 0 ? this : Block(text);
    }

    public static string Code(string text) => text.Length == 0 ? "" : "`" + string.Join("'", text.Split('`')) + "`";

    public override string ToString() => _text.ToString();

    private Markdown Block(string text)
    {
        if (_text.Length > 0) _text.Append('\n');
        _text.Append(text.TrimEnd()).Append('\n');
        return this;
    }

    private static string Row(IEnumerable<string> cells) => "| " + string.Join(" | ", cells) + " |";

    private static string Cell(string text) => string.Join("\\|", string.Join(" ", text.Split('\n')).Split('|'));
}
