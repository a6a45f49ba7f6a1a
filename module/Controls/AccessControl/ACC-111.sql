-- type: PgSecurity/publicDatabaseGrants
-- scope: server
-- names: database, privilege
select d.datname as database, a.privilege_type as privilege, d.datacl is null as by_default, format('PUBLIC has %s on database %s', a.privilege_type, d.datname) as summary
from pg_database d cross join lateral aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
where a.grantee = 0 and d.datallowconn and not d.datistemplate and d.datname not in ('azure_maintenance', 'azure_sys') order by 1, 2
