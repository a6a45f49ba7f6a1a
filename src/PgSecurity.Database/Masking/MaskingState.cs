using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>What a mask is now, as columns: what a journal keeps from before and after, and an undo holds the database against.</summary>
internal static class MaskingState
{
    /// <summary>A rule: schema, table, column.</summary>
    public const string Rules = "PgSecurity/maskLabels";

    /// <summary>The label of a role.</summary>
    public const string Roles = "PgSecurity/roleMaskLabels";

    /// <summary>A masking view: schema, view.</summary>
    public const string Views = "PgSecurity/maskViews";

    /// <summary>A masking data wrapper, by its foreign server.</summary>
    public const string DataWrappers = "PgSecurity/maskDataWrappers";

    /// <summary>A run of static masking, by its transaction: of the values themselves nothing tells what they were.</summary>
    public const string StaticMasks = "PgSecurity/staticMasks";

    private static readonly Dictionary<string, string> Queries = new(StringComparer.Ordinal)
    {
        [Rules] = """
            select jsonb_build_object('label', l.label, 'summary', coalesce(l.label, 'no rule'))::text
            from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            left join pg_seclabel l on l.objoid = c.oid and l.objsubid = a.attnum and l.classoid = 'pg_class'::regclass and l.provider = 'anon'
            where n.nspname = $1 and c.relname = $2 and a.attname = $3 and not a.attisdropped
            """,
        [Roles] = """
            select jsonb_build_object('label', l.label, 'transparent', (select c from pg_db_role_setting s cross join lateral unnest(s.setconfig) c
              where s.setrole = r.oid and s.setdatabase = (select oid from pg_database where datname = current_database()) and c like 'anon.transparent\_dynamic\_masking=%'),
              'summary', coalesce(l.label, 'no label'))::text
            from pg_roles r left join pg_shseclabel l on l.objoid = r.oid and l.classoid = 'pg_authid'::regclass and l.provider = 'anon' where r.rolname = $1
            """,
        [Views] = """
            select jsonb_build_object('definition', pg_get_viewdef(c.oid), 'options', c.reloptions::text, 'privileges', c.relacl::text,
              'table_privileges', (select jsonb_agg(distinct t.oid::regclass::text || ' ' || coalesce(t.relacl::text, '')) from pg_rewrite w
                join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> c.oid
                join pg_class t on t.oid = d.refobjid where w.ev_class = c.oid),
              'summary', format('the view %s', c.oid::regclass))::text
            from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = $1 and c.relname = $2 and c.relkind = 'v'
            """,
        [DataWrappers] = """
            select jsonb_build_object('options', s.srvoptions::text, 'tables', (select jsonb_agg(t.ftrelid::regclass::text order by t.ftrelid) from pg_foreign_table t where t.ftserver = s.oid),
              'summary', format('the foreign server %s', s.srvname))::text
            from pg_foreign_server s where s.srvname = $1
            """,
        [StaticMasks] = "select pg_xact_status($1::xid8)",
    };

    /// <summary>Whether a type is one of masks.</summary>
    public static bool Knows(string type) => Queries.ContainsKey(type);

    /// <summary>What is there, as a resource; null where nothing is.</summary>
    /// <exception cref="DatabaseException">The server refuses it.</exception>
    /// <exception cref="ServiceFault">It cannot be told.</exception>
    public static async Task<JsonElement?> FindAsync(DatabaseSession session, RowId id, CancellationToken stop)
    {
        bool isTransaction = id.Type == StaticMasks;
        IReadOnlyList<string> values = isTransaction ? id.Names.Skip(id.Names.Count - 1).ToList() : id.Names;
        string? found = await session.ScalarAsync(Queries[id.Type], values, stop).ConfigureAwait(false);
        if (isTransaction) found = Committed(found);
        if (found is null) return null;
        using JsonDocument resource = JsonDocument.Parse($"{{\"id\":{JsonSerializer.Serialize(id.Id)},\"properties\":{found}}}");
        return resource.RootElement.Clone();
    }

    private static string? Committed(string? status) => status switch
    {
        "committed" => """{ "summary": "masked for good" }""",
        "aborted" => null,
        null => throw new ServiceFault("", "The server does not know any more whether the transaction was committed.", RetryClass.Never),
        _ => throw new ServiceFault("", $"The transaction is {status}.", RetryClass.NotNow),
    };
}
