using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>Whether the functions of a rule exist and are trusted by anon: they, or their schema, carry the label TRUSTED.</summary>
internal static class TrustedFunctions
{
    private const string Found = """
        select coalesce(bool_or(p.pronargs >= @arguments and p.pronargs - p.pronargdefaults <= @arguments or p.provariadic <> 0), false) as fits,
          coalesce(bool_or(exists (
            select 1 from pg_seclabel l where l.provider = 'anon' and l.label ~* '^\s*TRUSTED'
              and ((l.classoid = 'pg_proc'::regclass and l.objoid = p.oid) or (l.classoid = 'pg_namespace'::regclass and l.objoid = n.oid)))), false) as trusted
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = @schema and p.proname = @name
        """;

    /// <summary>What is wrong with the functions of a rule; nothing where all is well.</summary>
    /// <param name="database">The session.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="needTrust">Whether anon will run them, so that trust is needed; a view or an update of ours needs none.</param>
    public static IEnumerable<string> Problems(MaskingDatabase database, MaskingRule rule, bool needTrust)
    {
        foreach (MaskingFunction function in rule.Functions)
        {
            (bool fits, bool trusted) = database.Query(
                Found,
                row => (row.GetBoolean(0), row.GetBoolean(1)),
                ("schema", function.Schema), ("name", function.Name), ("arguments", function.Arguments)).Single();
            if (!fits) yield return $"there is no function {function} with {function.Arguments} arguments";
            else if (needTrust && !trusted) yield return $"{function} is not trusted: neither it nor its schema carries anon's label TRUSTED, so anon refuses it";
        }
    }
}
