-- type: PgSecurity/loginOwners
-- scope: database
-- names: kind, name
select 'database' as kind, d.datname::text as name, pg_get_userbyid(d.datdba) as owner, format('the database is owned by the login role %s', pg_get_userbyid(d.datdba)) as summary
from pg_database d join pg_roles r on r.oid = d.datdba where d.datname = current_database() and r.rolcanlogin and not r.rolsuper
union all
select 'schema', n.nspname::text, pg_get_userbyid(n.nspowner), format('schema %s is owned by the login role %s', n.nspname, pg_get_userbyid(n.nspowner))
from pg_namespace n join pg_roles r on r.oid = n.nspowner where r.rolcanlogin and not r.rolsuper and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select 'relations', r.rolname::text, r.rolname, format('%s tables, views and sequences are owned by the login role %s', count(*), r.rolname)
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles r on r.oid = c.relowner
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and r.rolcanlogin and not r.rolsuper and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') group by r.rolname order by 1, 2
