-- type: PgSecurity/passwordKinds
-- scope: server
-- names: role
-- guard: select coalesce((select quote_ident(n.nspname) || '.azure_roles_authtype()' from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner where p.proname = 'azure_roles_authtype' and p.pronargs = 0 and r.rolsuper limit 1), case when has_table_privilege('pg_catalog.pg_authid', 'SELECT') then '(select rolname as rolename, case when rolpassword is null then ''NONE'' when rolpassword like ''md5%'' then ''MD5'' when rolpassword like ''SCRAM-SHA-256$%'' then ''SCRAM-256'' else ''unknown'' end as authtype from pg_catalog.pg_authid)' end)
-- needs: azure_roles_authtype() of a flexible server, or SELECT on pg_authid elsewhere
select a.role, case when a.kind is null or a.kind = 'unknown' then jsonb_build_object('$unknown', 'the server does not say what kind of password the role has') else to_jsonb(a.kind) end as kind, exists (select 1 from pg_shseclabel l where l.objoid = a.oid and l.classoid = 'pg_authid'::regclass and l.provider in ('pgaadauth', 'pgaadauth-int')) as entra, format('role %s: %s', a.role, case a.kind when 'MD5' then 'its stored password is an MD5 hash' when 'SCRAM-256' then 'it has a password (SCRAM)' else 'password kind ' || coalesce(a.kind, 'unknown') end) as summary
from (select r.oid, r.rolname as role, t.authtype::text as kind
  from pg_roles r left join {guard} t on t.rolename::text = r.rolname::text
  where r.rolcanlogin and r.rolname not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication') and r.oid <> 10) a order by 1
