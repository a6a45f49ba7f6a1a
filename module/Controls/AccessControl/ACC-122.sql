-- type: PgSecurity/parameterGrants
-- scope: server
-- names: parameter, grantee, privilege
-- minimum: 15
select p.parname as parameter, case when a.grantee = 0 then null else pg_get_userbyid(a.grantee) end as grantee, a.privilege_type as privilege, a.privilege_type = 'SET' as set_grant, a.is_grantable as grantable,
  format('%s has %s on the parameter %s', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, a.privilege_type, p.parname) as summary
from pg_parameter_acl p cross join lateral aclexplode(p.paracl) a left join pg_roles r on r.oid = a.grantee
where a.grantee <> 10 and coalesce(r.rolname, '') not in ('azuresu', 'azure_superuser', 'azure_pg_admin') order by 1, 2
