-- type: PgSecurity/entraRoles
-- scope: server
-- names: role
-- guard: select quote_ident(n.nspname) || '.pgaadauth_list_principals(false)' from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner where p.proname = 'pgaadauth_list_principals' and p.pronargs = 1 and r.rolsuper limit 1
-- needs: pgaadauth_list_principals() of a flexible server with Entra authentication
select a.rolename::text as role, a.principaltype::text as principal_type, a.objectid::text as object_id, a.tenantid::text as tenant_id, a.isadmin::text in ('1', 'true', 't') as administrator, a.ismfa::text in ('1', 'true', 't') as multifactor,
  count(*) filter (where a.isadmin::text in ('1', 'true', 't')) over () as administrators,
  format('%s is an Entra %s%s', a.rolename, coalesce(a.principaltype::text, 'principal'), case when a.isadmin::text in ('1', 'true', 't') then ' and administrator of the server' else '' end) as summary
from {guard} as a(rolename, principaltype, objectid, tenantid, ismfa, isadmin) order by 1
