-- type: PgSecurity/grantOptions
-- scope: database
-- names: schema, relation, grantee
select n.nspname as schema, c.relname as relation, c.relkind = 'S' as sequence, pg_get_userbyid(c.relowner) as owner, case when a.grantee = 0 then null else pg_get_userbyid(a.grantee) end as grantee, array_agg(a.privilege_type) as privileges,
  format('%s may grant %s on %s.%s to others', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, string_agg(a.privilege_type, ', '), n.nspname, c.relname) as summary
from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) a
where a.is_grantable and a.grantee <> c.relowner and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') group by 1, 2, 3, c.relowner, a.grantee order by 1, 2
