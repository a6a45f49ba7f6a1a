using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Tells from names, types, comments, domains, enumerations and foreign keys which columns look sensitive, by the
/// dictionary <c>module/Masking/sensitive-columns.json</c>. Sees no value.
/// </summary>
internal sealed class SensitiveNames
{
    private readonly List<SensitiveTerm> _terms = new();
    private readonly Dictionary<string, SensitiveCategory> _categories = new(StringComparer.Ordinal);
    private readonly List<(SensitiveCategory Category, List<SensitiveTerm> Tables, HashSet<string> Columns)> _context = new();
    private readonly List<(SensitiveCategory Category, HashSet<string> Labels)> _enums = new();
    private readonly HashSet<string> _benignEndings;
    private readonly Dictionary<string, (SensitiveCategory Category, MatchConfidence Confidence)> _types = new(StringComparer.Ordinal);

    private SensitiveNames(JsonElement file)
    {
        foreach (JsonElement entry in file.GetProperty("categories").EnumerateArray()) AddCategory(entry);
        foreach (JsonElement entry in file.GetProperty("context").GetProperty("entries").EnumerateArray())
        {
            SensitiveCategory category = CategoryOf(entry);
            _context.Add((category, Texts(entry, "tables").Select(term => new SensitiveTerm(category, term)).ToList(), Joined(entry, "columns")));
        }

        foreach (JsonElement entry in file.GetProperty("enumLabels").EnumerateArray()) _enums.Add((CategoryOf(entry), Joined(entry, "labels")));
        foreach (JsonElement entry in file.GetProperty("types").EnumerateArray())
        {
            foreach (string type in Texts(entry, "names")) _types[type] = (CategoryOf(entry), ConfidenceOf(entry));
        }

        _benignEndings = Joined(file, "benignEndings");
    }

    /// <summary>The dictionary that ships with the module.</summary>
    public static SensitiveNames Default { get; } = Load();

    /// <summary>What each of the columns looks like; one that looks like nothing is not among them.</summary>
    public IReadOnlyDictionary<ColumnName, SensitiveMatch> Match(IReadOnlyCollection<CatalogColumn> columns)
    {
        Dictionary<ColumnName, SensitiveMatch> matches = new();
        foreach (CatalogColumn column in columns)
        {
            if (Match(column) is { } match) matches[column.Name] = match;
        }

        FollowKeys(columns, matches);
        return matches;
    }

    /// <summary>What a column looks like by itself; null for nothing.</summary>
    public SensitiveMatch? Match(CatalogColumn column)
    {
        SensitiveMatch? byName = ByName(column);
        if (byName is { Confidence: > MatchConfidence.Low }) return byName;
        SensitiveMatch? other = ByTable(column) ?? ByDomain(column) ?? ByComment(column) ?? ByEnum(column) ?? ByType(column);
        return other is not null && (byName is null || other.Confidence > byName.Confidence) ? other : byName;
    }

    /// <summary>The category of a name; null where the dictionary has none of it.</summary>
    public SensitiveCategory? Category(string name) =>
        _categories.Values.FirstOrDefault(category => string.Equals(category.Name, name, StringComparison.OrdinalIgnoreCase));

    private SensitiveMatch? ByName(CatalogColumn column)
    {
        IReadOnlyList<string> words = NameWords.Of(column.Name.Column);
        if (Best(words) is not { } best) return null;

        MatchConfidence confidence = Least(best.Confidence, best.Term.Category.Limit);
        if (best.Term.Category.Unlikely.Contains(column.TypeKind))
            return new SensitiveMatch(best.Term.Category, MatchConfidence.Low, $"the name says '{best.Term.Text}', the type {column.Type} speaks against it");
        if (EndsBenign(words, best.Term))
            return new SensitiveMatch(best.Term.Category, MatchConfidence.Low, $"the name says '{best.Term.Text}', its ending '{words[words.Count - 1]}' speaks against it");
        return new SensitiveMatch(best.Term.Category, confidence, $"the name says '{best.Term.Text}'");
    }

    private SensitiveMatch? ByTable(CatalogColumn column)
    {
        if (column.TypeKind is TypeKind.Boolean) return null;
        string name = string.Concat(NameWords.Of(column.Name.Column));
        IReadOnlyList<string> table = NameWords.Of(column.Name.Table);
        string joined = string.Concat(table);
        foreach ((SensitiveCategory category, List<SensitiveTerm> tables, HashSet<string> columns) in _context)
        {
            if (columns.Contains(name) && !category.Unlikely.Contains(column.TypeKind) && tables.Any(term => term.In(table, joined) == MatchConfidence.High))
                return new SensitiveMatch(category, MatchConfidence.Medium, $"'{column.Name.Column}' in the table '{column.Name.Table}'");
        }

        return null;
    }

    private SensitiveMatch? ByDomain(CatalogColumn column) =>
        column.Domain is { } domain && Best(NameWords.Of(domain)) is { } best
            ? new SensitiveMatch(best.Term.Category, Least(best.Confidence, best.Term.Category.Limit), $"its domain '{domain}' says '{best.Term.Text}'")
            : null;

    private SensitiveMatch? ByComment(CatalogColumn column) =>
        column.Comment is { Length: > 0 } comment && Best(NameWords.Of(comment)) is { Confidence: MatchConfidence.High } best && best.Term.Category.Limit == MatchConfidence.High
            ? new SensitiveMatch(
                best.Term.Category,
                best.Term.Category.Unlikely.Contains(column.TypeKind) ? MatchConfidence.Low : MatchConfidence.Medium,
                $"its comment says '{best.Term.Text}'")
            : null;

    private SensitiveMatch? ByEnum(CatalogColumn column)
    {
        if (column.EnumLabels.Count == 0) return null;
        HashSet<string> labels = new(column.EnumLabels.Select(label => string.Concat(NameWords.Of(label))), StringComparer.Ordinal);
        SensitiveCategory? category = _enums.Where(entry => entry.Labels.Overlaps(labels)).Select(entry => entry.Category).FirstOrDefault();
        return category is null ? null : new SensitiveMatch(category, MatchConfidence.Medium, "the labels of its enumeration say it");
    }

    private SensitiveMatch? ByType(CatalogColumn column) =>
        _types.TryGetValue(column.BaseType, out (SensitiveCategory Category, MatchConfidence Confidence) type)
            ? new SensitiveMatch(type.Category, type.Confidence, type.Category.Identifier.Length == 0 ? $"nothing can be told of what a {column.BaseType} holds" : $"its type is {column.BaseType}")
            : null;

    /// <summary>A column that points to a sensitive key holds the same values.</summary>
    private static void FollowKeys(IReadOnlyCollection<CatalogColumn> columns, Dictionary<ColumnName, SensitiveMatch> matches)
    {
        bool again = true;
        while (again)
        {
            again = false;
            foreach (CatalogColumn column in columns)
            {
                if (column.References is not { } key || matches.ContainsKey(column.Name)) continue;
                if (!matches.TryGetValue(key, out SensitiveMatch? match) || match.Confidence == MatchConfidence.Low) continue;
                matches[column.Name] = new SensitiveMatch(match.Category, MatchConfidence.Medium, $"it refers to {key}");
                again = true;
            }
        }
    }

    private (SensitiveTerm Term, MatchConfidence Confidence)? Best(IReadOnlyList<string> words)
    {
        string joined = string.Concat(words);
        (SensitiveTerm Term, MatchConfidence Confidence)? best = null;
        foreach (SensitiveTerm term in _terms)
        {
            if (term.In(words, joined) is not { } confidence) continue;
            if (best is null || confidence > best.Value.Confidence || (confidence == best.Value.Confidence && term.Length > best.Value.Term.Length)) best = (term, confidence);
        }

        return best;
    }

    private bool EndsBenign(IReadOnlyList<string> words, SensitiveTerm term)
    {
        string last = words[words.Count - 1];
        IReadOnlyList<string> ofTerm = NameWords.Of(term.Text);
        return words.Count > 1 && _benignEndings.Contains(last) && ofTerm[ofTerm.Count - 1] != last;
    }

    private void AddCategory(JsonElement entry)
    {
        SensitiveCategory category = new()
        {
            Name = entry.GetProperty("name").GetString()!,
            Identifier = entry.GetProperty("identifier").GetString()!,
            Limit = entry.TryGetProperty("confidence", out _) ? ConfidenceOf(entry) : MatchConfidence.High,
            Unlikely = Texts(entry, "not").Select(TypeOf).ToList(),
            Rules = entry.GetProperty("rules").EnumerateArray()
                .SelectMany(rule => Texts(rule, "types").Select(type => (TypeOf(type), rule.GetProperty("rule").GetString()!))).ToList(),
        };
        _categories.Add(category.Name, category);
        _terms.AddRange(Texts(entry, "terms").Select(term => new SensitiveTerm(category, term)));
    }

    private SensitiveCategory CategoryOf(JsonElement entry)
    {
        string name = entry.GetProperty("category").GetString()!;
        if (_categories.TryGetValue(name, out SensitiveCategory? known)) return known;
        return _categories[name] = new SensitiveCategory { Name = name };
    }

    private static MatchConfidence ConfidenceOf(JsonElement entry) =>
        (MatchConfidence)Enum.Parse(typeof(MatchConfidence), entry.GetProperty("confidence").GetString()!);

    private static TypeKind TypeOf(string name) => (TypeKind)Enum.Parse(typeof(TypeKind), name);

    private static MatchConfidence Least(MatchConfidence one, MatchConfidence other) => one < other ? one : other;

    private static IEnumerable<string> Texts(JsonElement entry, string name) =>
        entry.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);

    private static HashSet<string> Joined(JsonElement entry, string name) =>
        new(Texts(entry, name).Select(text => string.Concat(NameWords.Of(text))), StringComparer.Ordinal);

    private static SensitiveNames Load()
    {
        using Stream stream = typeof(SensitiveNames).Assembly.GetManifestResourceStream("Masking/sensitive-columns.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return new SensitiveNames(document.RootElement.Clone());
    }
}
