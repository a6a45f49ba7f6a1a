-- type: PgSecurity/schemaCreators
-- scope: database
-- names: schema, grantee
select n.nspname as schema, pg_get_userbyid(a.grantee) as grantee, format('%s may create objects in schema %s, which it does not own', pg_get_userbyid(a.grantee), n.nspname) as summary
from pg_namespace n cross join lateral aclexplode(n.nspacl) a where a.grantee not in (0, n.nspowner) and a.privilege_type = 'CREATE' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
  and not exists (select 1 from pg_roles r where r.oid = a.grantee and r.rolname in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication')) order by 1, 2
