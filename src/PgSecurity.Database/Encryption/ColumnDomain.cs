using System;

namespace PgSecurity.Database.Encryption;

/// <summary>The SQL of a domain that keeps plain text out of a protected column: what is not in the format is refused by the server.</summary>
public static class ColumnDomain
{
    /// <summary>The statement for a column of type <c>bytea</c> or <c>text</c> (base64).</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The domain.</param>
    /// <param name="isText">Whether the column is text.</param>
    public static string Create(string schema, string name, bool isText) =>
        isText
            ? FormattableString.Invariant($"CREATE DOMAIN {Quote(schema)}.{Quote(name)} AS text\n    CHECK (VALUE ~ '^UEdTRQEB[A-Za-z0-9+/]+={{0,2}}$' AND length(VALUE) >= {(ProtectedValue.Overhead + 2) / 3 * 4});")
            : FormattableString.Invariant($"CREATE DOMAIN {Quote(schema)}.{Quote(name)} AS bytea\n    CHECK (octet_length(VALUE) >= {ProtectedValue.Overhead} AND substring(VALUE FROM 1 FOR 6) = decode('504753450101', 'hex'));");

    private static string Quote(string name) => Sql.SqlName.Quote(name);
}
