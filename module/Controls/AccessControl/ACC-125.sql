-- type: PgSecurity/rulesAndTriggers
-- scope: database
-- names: kind, schema, relation, name
select 'rule' as kind, n.nspname as schema, c.relname as relation, r.rulename as name, r.ev_enabled::text as state, false as disabled_trigger,
  format('rule %s on %s.%s rewrites statements', r.rulename, n.nspname, c.relname) as summary
from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace where r.rulename <> '_RETURN' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
union all
select 'trigger', n.nspname, c.relname, t.tgname, t.tgenabled::text, t.tgenabled = 'D',
  format('trigger %s on %s.%s %s', t.tgname, n.nspname, c.relname, case t.tgenabled when 'D' then 'is disabled' when 'A' then 'fires always' else 'fires on replicas only' end)
from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and t.tgenabled in ('D', 'A', 'R') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1, 2, 3
