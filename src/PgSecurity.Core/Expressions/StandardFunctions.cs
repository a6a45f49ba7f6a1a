using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Expressions.Functions;

namespace PgSecurity.Core.Expressions;

/// <summary>
/// The functions of ARM templates whose answer depends on their arguments alone, and the clock's, as Microsoft documents
/// them (Azure Resource Manager, template functions).
/// </summary>
public static class StandardFunctions
{
    private static readonly Dictionary<string, ExpressionFunction> ByName =
        LogicalFunctions.All
            .Concat(ComparisonFunctions.All)
            .Concat(NumericFunctions.All)
            .Concat(StringFunctions.All)
            .Concat(EncodingFunctions.All)
            .Concat(CollectionFunctions.All)
            .Concat(ObjectFunctions.All)
            .Concat(DateFunctions.All)
            .Concat(LambdaFunctions.All)
            .Concat(CidrFunctions.All)
            .Concat(IdFunctions.All)
            .ToDictionary(function => function.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Their names.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>Whether a name is one of them, without regard to case.</summary>
    public static bool IsKnown(string name) => ByName.ContainsKey(name);

    internal static bool TryGet(string name, out ExpressionFunction? function) => ByName.TryGetValue(name, out function);

    /// <summary>Every name that an expression may use, in order, for error messages.</summary>
    internal static IEnumerable<string> NamesAndScope() =>
        ByName.Keys.Concat(ScopeFunctions.Names)
            .Concat(["lambda", "list*"])
            .OrderBy(name => name, StringComparer.OrdinalIgnoreCase);
}
