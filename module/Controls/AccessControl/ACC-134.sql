-- type: PgSecurity/grants
-- scope: database
-- names: kind, object, grantee, privilege
select 'relation' as kind, format('%I.%I', n.nspname, c.relname) as object, case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end as grantee, a.privilege_type as privilege, null::boolean as wanted, format('%s has %s on %I.%I', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, n.nspname, c.relname) as summary
from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) a where a.grantee <> c.relowner and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
union all
select 'schema', format('%I', n.nspname), case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, null, format('%s has %s on schema %I', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, n.nspname)
from pg_namespace n cross join lateral aclexplode(n.nspacl) a where a.grantee <> n.nspowner and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
union all
select 'function', p.oid::regprocedure::text, case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, null, format('%s has %s on function %s', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, p.oid::regprocedure::text)
from pg_proc p join pg_namespace n on n.oid = p.pronamespace cross join lateral aclexplode(p.proacl) a where a.grantee <> p.proowner and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
union all
select 'database', format('%I', d.datname), case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, null, format('%s has %s on the database', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type)
from pg_database d cross join lateral aclexplode(d.datacl) a where d.datname = current_database() and a.grantee <> d.datdba
order by 1, 2, 3, 4
