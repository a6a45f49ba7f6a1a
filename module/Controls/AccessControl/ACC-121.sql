-- type: PgSecurity/viewsOverRowSecurity
-- scope: database
-- names: schema, view, table
with recursive v as (
  select w.ev_class, d.refobjid, 1 as depth from pg_rewrite w
  join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
  union
  select v.ev_class, d.refobjid, depth + 1 from v join pg_rewrite w on w.ev_class = v.refobjid
  join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class where depth < 20)
select n.nspname as schema, c.relname as view, t.oid::regclass::text as table, c.relkind = 'm' as materialized, c.relkind = 'v' and current_setting('server_version_num')::int >= 150000 as can_invoke, min(v.depth) as depth,
  pg_get_userbyid(c.relowner) as owner, coalesce((select true from unnest(c.reloptions) x where x ~* '^security_invoker=(true|on|1|yes)'), false) as security_invoker,
  format('%s %s.%s shows rows of %s, which has row-level security, with the rights of %s', case when c.relkind = 'm' then 'the materialized view' else 'the view' end, n.nspname, c.relname, t.oid::regclass,
    case when exists (select 1 from unnest(c.reloptions) x where x ~* '^security_invoker=(true|on|1|yes)') then 'whoever reads it' else pg_get_userbyid(c.relowner)::text end) as summary
from v join pg_class c on c.oid = v.ev_class join pg_namespace n on n.oid = c.relnamespace join pg_class t on t.oid = v.refobjid and t.relrowsecurity
where c.relkind in ('v', 'm') group by 1, 2, 3, 4, 5, c.relowner, c.reloptions, c.relkind, t.oid order by 1, 2, 3
