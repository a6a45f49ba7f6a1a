using System;
using System.Collections.Generic;
using System.Data;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>Reads the columns of a database from its catalogs: all relations that hold or bring rows, no row itself.</summary>
internal static class ColumnCatalog
{
    /// <summary>The relations of a user: no catalogs, none of the schemas of the service, none that an extension brought.</summary>
    internal const string IsUserRelation = """
        n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'anon', 'cron')
           and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
        """;

    /// <summary>The query; <see cref="Row"/> reads what it gives.</summary>
    internal const string Columns = $"""
        with recursive base as (
          select t.oid as root, t.oid, t.typname, t.typtype, t.typcategory, t.typbasetype from pg_type t
          union all
          select b.root, t.oid, t.typname, t.typtype, t.typcategory, t.typbasetype from base b join pg_type t on t.oid = b.typbasetype where b.typtype = 'd'),
        providers(name) as (
          select 'anon' union select trim(p) from unnest(string_to_array(coalesce(current_setting('anon.masking_policies', true), ''), ',')) p where trim(p) <> '')
        select c.oid::int8, a.attnum::int4, n.nspname, c.relname, a.attname, c.relkind::text,
          format_type(a.atttypid, a.atttypmod), b.typname, b.typcategory::text, case when t.typtype = 'd' then t.typname end,
          a.attnotnull, a.attgenerated <> '', a.attidentity <> '',
          exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisunique and a.attnum = any (i.indkey)),
          col_description(c.oid, a.attnum),
          (select min(l.label) from pg_seclabel l where l.classoid = 'pg_class'::regclass and l.objoid = c.oid and l.objsubid = a.attnum and l.provider in (select name from providers)),
          (select array_agg(e.enumlabel::text order by e.enumsortorder) from pg_enum e where e.enumtypid = b.oid),
          f.nspname, f.relname, f.attname, p.nspname, p.relname
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_type t on t.oid = a.atttypid
        join base b on b.root = a.atttypid and b.typtype <> 'd'
        left join lateral (
          select fn.nspname, fc.relname, fa.attname
          from pg_constraint k join pg_class fc on fc.oid = k.confrelid join pg_namespace fn on fn.oid = fc.relnamespace
          join pg_attribute fa on fa.attrelid = fc.oid and fa.attnum = k.confkey[1]
          where k.contype = 'f' and k.conrelid = c.oid and k.conkey = array[a.attnum] order by k.oid limit 1) f on true
        left join lateral (
          select pn.nspname, pc.relname
          from pg_inherits h join pg_class pc on pc.oid = h.inhparent join pg_namespace pn on pn.oid = pc.relnamespace
          join pg_attribute pa on pa.attrelid = pc.oid and pa.attname = a.attname and not pa.attisdropped
          where h.inhrelid = c.oid and a.attinhcount > 0 order by h.inhseqno limit 1) p on true
        where c.relkind in ('r', 'p', 'f', 'm') and c.relpersistence <> 't' and {IsUserRelation}
        order by 3, 4, 2
        """;

    public static IReadOnlyList<CatalogColumn> Read(MaskingDatabase database) => database.Query(Columns, Row);

    /// <summary>A column, of a row of <see cref="Columns"/>.</summary>
    internal static CatalogColumn Row(IDataRecord row)
    {
        ColumnName name = new(row.GetString(2), row.GetString(3), row.GetString(4));
        string baseType = row.GetString(7);
        return new CatalogColumn
        {
            Relation = row.GetInt64(0),
            Number = row.GetInt32(1),
            Name = name,
            Kind = row.GetString(5)[0],
            Type = row.GetString(6),
            BaseType = baseType,
            TypeKind = KindOf(baseType, row.GetString(8)[0]),
            Domain = TextOrNull(row, 9),
            NotNull = row.GetBoolean(10),
            Generated = row.GetBoolean(11),
            Identity = row.GetBoolean(12),
            Unique = row.GetBoolean(13),
            Comment = TextOrNull(row, 14),
            Label = TextOrNull(row, 15),
            EnumLabels = row.IsDBNull(16) ? Array.Empty<string>() : (string[])row.GetValue(16),
            References = row.IsDBNull(17) ? null : new ColumnName(row.GetString(17), row.GetString(18), row.GetString(19)),
            Parent = row.IsDBNull(20) ? null : new ColumnName(row.GetString(20), row.GetString(21), name.Column),
        };
    }

    private static string? TextOrNull(IDataRecord row, int index) => row.IsDBNull(index) ? null : row.GetString(index);

    /// <summary>The kind of a type, by its name and PostgreSQL's own category letter.</summary>
    internal static TypeKind KindOf(string type, char category) => type switch
    {
        "json" or "jsonb" or "xml" or "hstore" => TypeKind.Json,
        "bytea" => TypeKind.Bytes,
        "uuid" => TypeKind.Uuid,
        "macaddr" or "macaddr8" => TypeKind.Network,
        _ => category switch
        {
            'S' => TypeKind.Text,
            'N' => TypeKind.Number,
            'D' => TypeKind.Date,
            'B' => TypeKind.Boolean,
            'I' => TypeKind.Network,
            'A' => TypeKind.Array,
            _ => type == "citext" ? TypeKind.Text : TypeKind.Other,
        },
    };

    /// <summary>The columns by their name.</summary>
    public static Dictionary<ColumnName, CatalogColumn> ByName(IEnumerable<CatalogColumn> columns) => columns.ToDictionary(column => column.Name);
}
