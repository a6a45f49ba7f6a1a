using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace PgSecurity.Database.Sql;

/// <summary>A file <c>&lt;ID&gt;.fix.sql</c>: sections that repair a row and sections that take it back, as docs/control-format.md has it.</summary>
public sealed class SqlTemplate
{
    private const string Forward = "-- forward";
    private const string Undo = "-- undo";
    private const string Where = " where ";

    private SqlTemplate(string name, IReadOnlyList<SqlSection> sections)
    {
        Name = name;
        Sections = sections;
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Whether there is a way back.</summary>
    public bool HasInverse => Sections.Any(section => !section.IsForward);

    /// <summary>The columns of a row that the statements are written from.</summary>
    public IReadOnlyList<string> Columns => Sections
        .SelectMany(section => SqlValues.Names(section.Statement).Concat(section.Columns))
        .Distinct(StringComparer.Ordinal)
        .ToList();

    internal IReadOnlyList<SqlSection> Sections { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It has a statement outside a section, or no section that repairs.</exception>
    public static SqlTemplate Load(string path) => Read(Path.GetFileName(path), File.ReadAllText(path));

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It has a statement outside a section, or no section that repairs.</exception>
    public static SqlTemplate Read(string name, string text)
    {
        List<SqlSection> sections = new();
        StringBuilder statement = new();
        string? head = null;
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd('\r')).Concat(new[] { Forward }))
        {
            bool isHead = line.StartsWith(Forward, StringComparison.Ordinal) || line.StartsWith(Undo, StringComparison.Ordinal);
            if (!isHead)
            {
                statement.AppendLine(line);
                continue;
            }

            string body = statement.ToString().Trim();
            statement.Clear();
            if (body.Length > 0) sections.Add(Section(head ?? throw new FormatException($"{name} has a statement before '{Forward}'."), body));
            head = line;
        }

        return sections.Any(section => section.IsForward)
            ? new SqlTemplate(name, sections)
            : throw new FormatException($"{name} has no statement under '{Forward}'.");
    }

    private static SqlSection Section(string head, string statement)
    {
        int where = head.IndexOf(Where, StringComparison.Ordinal);
        IReadOnlyList<string> conditions = where < 0
            ? Array.Empty<string>()
            : head.Substring(where + Where.Length).Split(',').Select(condition => condition.Trim()).ToArray();
        return new SqlSection(head.StartsWith(Forward, StringComparison.Ordinal), conditions, statement);
    }
}
