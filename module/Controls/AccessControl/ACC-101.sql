-- type: PgSecurity/databaseRoles
-- scope: server
-- names: role
-- moves: proposed_valid_until, without_rights
select r.rolname as role, r.rolcanlogin as login, r.rolsuper and r.oid <> 10 as superuser, r.rolcreaterole as create_role, r.rolcreatedb as create_db, r.rolreplication as replication,
  r.rolbypassrls as bypass_rls, r.rolconnlimit as connection_limit, exists (select 1 from pg_shseclabel l where l.objoid = r.oid and l.classoid = 'pg_authid'::regclass and l.provider in ('pgaadauth', 'pgaadauth-int')) as entra,
  exists (select 1 from pg_auth_members m where m.member = r.oid and pg_get_userbyid(m.roleid) = 'azure_pg_admin') as azure_admin,
  case when r.rolvaliduntil is null then 'never' when r.rolvaliduntil = 'infinity' then 'never' when r.rolvaliduntil < now() then 'past' else 'future' end as expiry,
  nullif(r.rolvaliduntil, 'infinity') as valid_until, (now() + interval '90 days')::date::text as proposed_valid_until,
  r.rolcanlogin and not exists (select 1 from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid)
    and not exists (select 1 from pg_auth_members m where m.member = r.oid) and not exists (select 1 from pg_stat_activity a where a.usesysid = r.oid) as without_rights,
  format('role %s%s%s%s%s%s%s%s, connection limit %s, password expires %s', r.rolname, case when r.rolcanlogin then ' (login)' else '' end, case when r.rolsuper then ' SUPERUSER' else '' end,
    case when r.rolcreaterole then ' CREATEROLE' else '' end, case when r.rolcreatedb then ' CREATEDB' else '' end, case when r.rolreplication then ' REPLICATION' else '' end,
    case when r.rolbypassrls then ' BYPASSRLS' else '' end, case when exists (select 1 from pg_shseclabel l where l.objoid = r.oid and l.classoid = 'pg_authid'::regclass and l.provider in ('pgaadauth', 'pgaadauth-int')) then ', an Entra role' else '' end, case when r.rolconnlimit < 0 then 'none' else r.rolconnlimit::text end,
    coalesce(nullif(r.rolvaliduntil::text, 'infinity'), 'never')) as summary
from pg_roles r where r.rolname !~ '^pg_' and r.rolname not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication') and not (r.oid = 10) order by 1
