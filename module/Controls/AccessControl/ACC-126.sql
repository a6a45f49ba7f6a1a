-- type: PgSecurity/tableControlGrants
-- scope: database
-- names: schema, relation, grantee
select n.nspname as schema, c.relname as relation, case when a.grantee = 0 then null else pg_get_userbyid(a.grantee) end as grantee, array_agg(a.privilege_type) as privileges,
  format('%s has %s on %s.%s', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, string_agg(a.privilege_type, ', '), n.nspname, c.relname) as summary
from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) a
where a.grantee <> c.relowner and a.grantee <> 0 and a.privilege_type in ('TRIGGER', 'TRUNCATE', 'REFERENCES', 'MAINTAIN') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
group by n.nspname, c.relname, a.grantee order by 1, 2
