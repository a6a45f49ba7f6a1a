-- The role layout of a flexible server: its shape follows Microsoft's documents and public dumps of Azure servers.
create role azuresu superuser createrole createdb replication bypassrls login password '{password}';
create role azure_pg_admin nologin;
create role replication login replication password '{password}';
grant pg_monitor, pg_signal_backend, pg_read_all_settings, pg_read_all_stats, pg_stat_scan_tables to azure_pg_admin with admin option;
do $$ begin
  if current_setting('server_version_num')::int >= 150000 then execute 'grant pg_checkpoint to azure_pg_admin with admin option'; end if;
  if current_setting('server_version_num')::int >= 160000 then execute 'grant pg_read_all_data, pg_create_subscription to azure_pg_admin with admin option'; end if;
end $$;
create role labadmin login createdb createrole password '{password}' valid until '2099-01-01' connection limit 20 in role azure_pg_admin;
create role labowner nologin;
grant labowner to labadmin;
create role labauditor login password '{password}' valid until '2099-01-01' connection limit 10 in role pg_monitor;
create role "entra.admin@contoso.com" login createdb createrole connection limit 20 in role azure_pg_admin;
create role entra_app login connection limit 50;
-- Stand-ins for functions that only Azure has, with the names and columns that its documents give.
set allow_system_table_mods = on;
create function pg_catalog.azure_roles_authtype() returns table(rolename name, authtype text) language sql security definer set search_path = pg_catalog as
$$ select rolname, case when not rolcanlogin then 'NOLOGIN' when rolpassword like 'md5%' then 'MD5' when rolpassword like 'SCRAM-SHA-256$%' then 'SCRAM-256' else 'NONE' end from pg_authid $$;
create function pg_catalog.pgaadauth_list_principals(isadminvalue boolean) returns table(rolname name, principaltype text, objectid text, tenantid text, ismfa integer, isadmin integer) language sql security definer set search_path = pg_catalog as
$$ select r.rolname, substring(l.label from 'type=([a-z]+)'), substring(l.label from 'oid=([0-9a-f-]+)'), '00000000-0000-0000-0000-00000000000a', 0, (l.label like '%,admin%')::int from pg_shseclabel l join pg_roles r on r.oid = l.objoid where l.provider = 'pgaadauth' and (not isadminvalue or l.label like '%,admin%') $$;
insert into pg_shseclabel(objoid, classoid, provider, label)
 select oid, 1260, 'pgaadauth', 'aadauth,oid=11111111-1111-1111-1111-111111111111,type=user,admin' from pg_roles where rolname = 'entra.admin@contoso.com'
 union all select oid, 1260, 'pgaadauth', 'aadauth,oid=22222222-2222-2222-2222-222222222222,type=service' from pg_roles where rolname = 'entra_app';
reset allow_system_table_mods;
