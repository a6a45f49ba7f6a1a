using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>A kind of sensitive data, as the dictionary has it.</summary>
internal sealed class SensitiveCategory
{
    public required string Name { get; init; }

    /// <summary><c>Direct</c> or <c>Indirect</c>; empty where nothing can be said.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>The most that its terms can tell.</summary>
    public MatchConfidence Limit { get; init; } = MatchConfidence.High;

    /// <summary>Types that speak against it: a truth value called <c>email_verified</c> holds no address.</summary>
    public IReadOnlyList<TypeKind> Unlikely { get; init; } = Array.Empty<TypeKind>();

    /// <summary>Rules by type.</summary>
    public IReadOnlyList<(TypeKind Type, string Rule)> Rules { get; init; } = Array.Empty<(TypeKind, string)>();

    /// <summary>The rule for a column; null where none fits its type.</summary>
    public string? RuleFor(CatalogColumn column)
    {
        string? rule = Rules.Where(entry => entry.Type == column.TypeKind).Select(entry => entry.Rule).FirstOrDefault();
        if (rule is null || (column.NotNull && rule.EndsWith("VALUE NULL", StringComparison.Ordinal))) return null;
        if (column.TypeKind == TypeKind.Date && column.BaseType != "date" && rule.IndexOf("random_date", StringComparison.Ordinal) < 0) return null;

        int place = rule.IndexOf("{column}", StringComparison.Ordinal);
        return place < 0 ? rule : rule.Substring(0, place) + Sql.SqlName.Quote(column.Name.Column) + rule.Substring(place + "{column}".Length);
    }
}
