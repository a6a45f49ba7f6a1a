-- type: PgSecurity/tablesWithPolicies
-- scope: database
-- names: schema, table
select n.nspname as schema, c.relname as table, pg_get_userbyid(c.relowner) as owner, r.rolcanlogin as owner_can_login, c.relrowsecurity as row_security, c.relforcerowsecurity as forced,
  (select count(*) from pg_policy p where p.polrelid = c.oid) as policies,
  format('%s.%s: row-level security %s%s, %s policies', n.nspname, c.relname, case when c.relrowsecurity then 'on' else 'off' end, case when c.relforcerowsecurity then ', forced on the owner' else '' end,
    (select count(*) from pg_policy p where p.polrelid = c.oid)) as summary
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
where c.relkind in ('r', 'p') and (c.relrowsecurity or exists (select 1 from pg_policy p where p.polrelid = c.oid)) and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') order by 1, 2
