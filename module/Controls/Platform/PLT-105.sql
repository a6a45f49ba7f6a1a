-- type: PgSecurity/extensionSchemas
-- scope: database
-- names: extension
select e.extname as extension, n.nspname as schema, has_schema_privilege('public', n.oid, 'CREATE') as public_create,
  exists (select 1 from aclexplode(n.nspacl) a join pg_roles r on r.oid = a.grantee where a.privilege_type = 'CREATE' and a.grantee <> n.nspowner and r.rolname not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication')) as others_create,
  format('extension %s is in schema %s%s', e.extname, n.nspname, case when has_schema_privilege('public', n.oid, 'CREATE') then ', where PUBLIC can create' else ', where others can create' end) as summary
from pg_extension e join pg_namespace n on n.oid = e.extnamespace where n.nspname not in ('pg_catalog') and e.extrelocatable order by 1
