-- type: PgSecurity/catalogGrants
-- scope: database
-- names: object, grantee, privilege
select 'function' as kind, p.oid::regprocedure::text as object, p.oid::regprocedure::text as signature, null::name as relation, case when a.grantee = 0 then null else pg_get_userbyid(a.grantee) end as grantee, a.privilege_type as privilege, array[a.privilege_type] as privileges,
  format('%s has %s on the system function %s', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, p.oid::regprocedure::text) as summary
from pg_proc p cross join lateral aclexplode(p.proacl) a left join pg_init_privs i on i.objoid = p.oid and i.classoid = 'pg_proc'::regclass and i.objsubid = 0 left join pg_roles r on r.oid = a.grantee
where p.pronamespace = 'pg_catalog'::regnamespace and p.oid < 16384 and a.grantee <> p.proowner and coalesce(r.rolname, '') not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication')
  and not exists (select 1 from aclexplode(i.initprivs) b where b.grantee = a.grantee and b.privilege_type = a.privilege_type)
  and (i.objoid is not null or a.grantee <> 0)
union all
select 'relation', c.oid::regclass::text, null, c.relname, case when a.grantee = 0 then null else pg_get_userbyid(a.grantee) end, a.privilege_type, array[a.privilege_type], format('%s has %s on the system catalog %s', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, c.oid::regclass::text)
from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_init_privs i on i.objoid = c.oid and i.classoid = 'pg_class'::regclass and i.objsubid = 0 left join pg_roles r on r.oid = a.grantee
where c.relnamespace = 'pg_catalog'::regnamespace and c.oid < 16384 and a.grantee <> c.relowner and coalesce(r.rolname, '') not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication')
  and not exists (select 1 from aclexplode(i.initprivs) b where b.grantee = a.grantee and b.privilege_type = a.privilege_type)
order by 1, 2, 5
