using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Postures;

namespace PgSecurity.Core.Exports.ResourceGraph;

/// <summary>
/// A field of the policy language as an expression over a row of Resource Graph, with what makes it unknown: a row may be
/// of an API version that does not have the property, just as a body of the service may.
/// </summary>
internal sealed class KqlField
{
    private static readonly string[] Roots = { "sku", "identity", "tags", "kind", "zones", "plan", "location" };

    /// <summary>Properties that the first API version lacks; a row without any of them is of that version.</summary>
    private static readonly string[] NotInOldApi = { "authConfig", "dataEncryption", "replicationRole" };

    private KqlField(string expression, string? unknown, bool isColumn)
    {
        Expression = expression;
        Unknown = unknown;
        IsColumn = isColumn;
    }

    /// <summary>The expression; a dynamic value, or a text where <see cref="IsColumn"/>.</summary>
    public string Expression { get; }

    /// <summary>When the value is not known; null where it always is.</summary>
    public string? Unknown { get; }

    /// <summary>Whether it is a column of text, never null.</summary>
    public bool IsColumn { get; }

    /// <summary>The value as text.</summary>
    public string Text => IsColumn ? Expression : $"tostring({Expression})";

    /// <summary>The field of a resource.</summary>
    /// <param name="field">The field's name as the rule has it.</param>
    /// <param name="type">The type of the resource.</param>
    /// <param name="source">The column that holds the resource; null for the row itself.</param>
    /// <exception cref="NotExpressibleException">It is no field of the resource that a row has.</exception>
    public static KqlField Of(string field, string type, string? source)
    {
        if (field.Equals("id", StringComparison.OrdinalIgnoreCase) || field.Equals("name", StringComparison.OrdinalIgnoreCase))
        {
            string column = field.ToLowerInvariant();
            return source is null ? new KqlField(column, null, isColumn: true) : new KqlField(KqlText.Path(source, column), null, false);
        }

        string prefix = type + "/";
        string path = field.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? field.Substring(prefix.Length)
            : field.IndexOf("/", StringComparison.Ordinal) < 0 && Roots.Contains(field.Split('.')[0], StringComparer.OrdinalIgnoreCase) ? field
            : throw new NotExpressibleException($"It reads the field {field}, which a row of {type} does not have.");
        if (path.IndexOf("[", StringComparison.Ordinal) >= 0) throw new NotExpressibleException($"It reads the list {field}, item by item.");
        if (path.Equals("location", StringComparison.OrdinalIgnoreCase)) throw new NotExpressibleException("It compares the location, which rows spell in their own way.");

        string[] names = path.Split('.');
        bool isRoot = Roots.Contains(names[0], StringComparer.OrdinalIgnoreCase);
        string expression = source is null
            ? isRoot ? KqlText.Path(names[0], names.Skip(1).ToArray()) : KqlText.Path("properties", names)
            : KqlText.Path(source, (isRoot ? names : new[] { "properties" }.Concat(names)).ToArray());
        bool isServer = source is null && string.Equals(type, FacetTypes.Server, StringComparison.OrdinalIgnoreCase);
        return new KqlField(expression, isServer ? WhenUnknown(names) : null, false);
    }

    private static string? WhenUnknown(IReadOnlyList<string> names)
    {
        if (NotInOldApi.Contains(names[0], StringComparer.OrdinalIgnoreCase))
        {
            return "(" + string.Join(" and ", NotInOldApi.Select(name => $"isnull(properties.{name})")) + ")";
        }

        return string.Join(".", names).Equals("storage.autoGrow", StringComparison.OrdinalIgnoreCase)
            ? "(isnotnull(properties.state) and isnull(properties.replica) and isnotnull(properties.storage) and isnull(properties.storage.autoGrow))"
            : null;
    }
}
