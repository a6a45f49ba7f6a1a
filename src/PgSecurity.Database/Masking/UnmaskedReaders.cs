using System;
using System.Collections.Generic;
using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Who reads columns unmasked, from grants, groups, attributes, views and definer functions. A masked role counts only
/// where anon's transparent masking is on for it; through a view or a definer function the owner reads, so its mask does
/// not count there.
/// </summary>
internal static class UnmaskedReaders
{
    private const string Ways = $"""
        with recursive
        col as (select * from unnest(@relations::int8[], @numbers::int4[]) as t(rel, num)),
        role as (select r.oid, r.rolname, r.rolsuper from pg_roles r where r.rolcanlogin and r.rolname not in ('azuresu', 'azure_superuser', 'replication')),
        masked as (
          select r.oid, {TransparentMasking.EffectiveFor} as effective from pg_roles r
          where r.oid in (select objoid from pg_shseclabel where classoid = 'pg_authid'::regclass and provider = 'anon' and label ~* '^\s*MASKED')),
        ruled as (select objoid, objsubid from pg_seclabel where classoid = 'pg_class'::regclass and objsubid > 0 and provider = 'anon' and label ~* '^\s*MASKED\s+WITH'),
        -- every relation through which the column is read under its own name: itself, and the tables above it
        rel(base, basenum, rel, num, above) as (
          select rel, num, rel, num, false from col
          union select r.base, r.basenum, h.inhparent::int8, pa.attnum::int4, true
          from rel r join pg_inherits h on h.inhrelid = r.rel::oid
          join pg_attribute a on a.attrelid = r.rel::oid and a.attnum = r.num join pg_attribute pa on pa.attrelid = h.inhparent and pa.attname = a.attname and not pa.attisdropped),
        grantee as (
          select r.base, r.basenum, r.rel, r.num, r.above, g.grantee
          from rel r join pg_class c on c.oid = r.rel::oid join pg_attribute a on a.attrelid = c.oid and a.attnum = r.num
          cross join lateral (select (aclexplode(c.relacl)).* union all select (aclexplode(a.attacl)).*) g where g.privilege_type = 'SELECT'),
        -- rights of a role by itself or by inheritance
        held as (
          select r.base, r.basenum, role.oid, r.rel, r.num, r.above, c.relowner, c.relnamespace, n.nspname, c.relname
          from rel r join pg_class c on c.oid = r.rel::oid join pg_namespace n on n.oid = c.relnamespace
          cross join pg_roles role where not role.rolsuper and has_column_privilege(role.oid, c.oid, r.num::int2, 'SELECT') and has_schema_privilege(role.oid, n.oid, 'USAGE')),
        view(base, basenum, view, depth) as (
          select r.base, r.basenum, w.ev_class, 1 from rel r
          join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = r.rel::oid and d.refobjsubid in (0, r.num)
          join pg_rewrite w on w.oid = d.objid and w.ev_class <> d.refobjid
          where d.refobjsubid <> 0 or not exists (select 1 from pg_depend o where o.classid = d.classid and o.objid = d.objid and o.refclassid = d.refclassid and o.refobjid = d.refobjid and o.refobjsubid > 0)
          union select v.base, v.basenum, w.ev_class, depth + 1 from view v
          join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = v.view
          join pg_rewrite w on w.oid = d.objid and w.ev_class <> d.refobjid where depth < 20),
        way as (
          select col.rel as base, col.num as basenum, role.oid, 'Superuser' as way, '' as through from col cross join role where role.rolsuper
          union
          select h.base, h.basenum, h.oid,
            case when h.above then 'ParentTable' when pg_has_role(h.oid, h.relowner, 'USAGE') then 'Owner' when g.grantee = 0 then 'Public' when g.grantee = h.oid then 'Grant' when g.grantee is not null then 'Membership' else 'ReadAllData' end,
            case when h.above then format('%I.%I', h.nspname, h.relname) when pg_has_role(h.oid, h.relowner, 'USAGE') then case when h.relowner = h.oid then '' else pg_get_userbyid(h.relowner)::text end
                 when g.grantee is null or g.grantee in (0, h.oid) then '' else pg_get_userbyid(g.grantee)::text end
          from held h
          left join grantee g on g.base = h.base and g.basenum = h.basenum and g.rel = h.rel and (g.grantee = 0 or g.grantee = h.oid or pg_has_role(h.oid, g.grantee, 'USAGE'))
          where h.oid in (select oid from role)
            and not exists (select 1 from masked m join ruled x on x.objoid = h.rel::oid and x.objsubid = h.num where m.oid = h.oid and m.effective)
          union
          select h.base, h.basenum, role.oid, 'SetRole', pg_get_userbyid(h.oid)::text
          from held h join role on role.oid <> h.oid and not role.rolsuper and pg_has_role(role.oid, h.oid, 'MEMBER') and not pg_has_role(role.oid, h.oid, 'USAGE')
          where not h.above and not exists (select 1 from masked m join ruled x on x.objoid = h.rel::oid and x.objsubid = h.num where m.oid = h.oid and m.effective)
          union
          select v.base, v.basenum, role.oid, case when obj_description(c.oid, 'pg_class') like '{MaskingView.Mark}%' then 'MaskingView' else 'View' end, format('%I.%I', n.nspname, c.relname)
          from view v join pg_class c on c.oid = v.view join pg_namespace n on n.oid = c.relnamespace
          join role on not role.rolsuper and has_any_column_privilege(role.oid, c.oid, 'SELECT') and has_schema_privilege(role.oid, n.oid, 'USAGE')
          where c.relkind in ('v', 'm') and not coalesce(c.reloptions::text ~* 'security_invoker=(true|on|1|yes)', false)
          union
          select r.base, r.basenum, role.oid, 'DefinerFunction', format('%I.%I', n.nspname, p.proname)
          from rel r join pg_class c on c.oid = r.rel::oid
          join pg_proc p on p.prosecdef and position(lower(c.relname) in lower(p.prosrc)) > 0
            and not exists (select 1 from pg_depend e where e.classid = 'pg_proc'::regclass and e.objid = p.oid and e.deptype = 'e')
          join pg_namespace n on n.oid = p.pronamespace
          join role on not role.rolsuper and role.oid <> p.proowner and has_function_privilege(role.oid, p.oid, 'EXECUTE') and has_schema_privilege(role.oid, n.oid, 'USAGE')
          where has_column_privilege(p.proowner, c.oid, r.num::int2, 'SELECT'))
        select distinct base, basenum, pg_get_userbyid(oid)::text, way, through from way order by 3, 4, 5
        """;

    /// <summary>The readers of columns; a column that nobody reads is not among them.</summary>
    public static IReadOnlyDictionary<(long Relation, int Number), IReadOnlyList<ColumnReader>> Of(MaskingDatabase database, IReadOnlyCollection<CatalogColumn> columns)
    {
        if (columns.Count == 0) return new Dictionary<(long, int), IReadOnlyList<ColumnReader>>();
        return database.Query(
                Ways,
                row => (Key: (row.GetInt64(0), row.GetInt32(1)), Reader: new ColumnReader { Role = row.GetString(2), Way = row.GetString(3), Through = row.GetString(4) }),
                ("relations", columns.Select(column => column.Relation).ToArray()),
                ("numbers", columns.Select(column => column.Number).ToArray()))
            .GroupBy(row => row.Key, row => row.Reader)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<ColumnReader>)group.ToList());
    }
}
