-- type: PgSecurity/predefinedRoleMembers
-- scope: server
-- names: predefined, role, via
with recursive p as (
  select oid, rolname from pg_roles where rolname in
   ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_read_all_data', 'pg_write_all_data', 'pg_maintain', 'pg_signal_backend',
    'pg_signal_autovacuum_worker', 'pg_checkpoint', 'pg_create_subscription', 'pg_use_reserved_connections', 'pg_monitor', 'pg_read_all_settings', 'pg_read_all_stats', 'pg_stat_scan_tables')),
m as (
  select p.rolname as predefined, am.member, array[am.roleid] as path, am.admin_option from pg_auth_members am join p on p.oid = am.roleid
  union all
  select m.predefined, am.member, m.path || am.roleid, am.admin_option
  from pg_auth_members am join m on am.roleid = m.member
  where am.roleid <> all(m.path) and pg_get_userbyid(am.roleid) not in ('azure_pg_admin', 'pg_monitor'))
select m.predefined, pg_get_userbyid(m.member) as role, r.rolcanlogin as login, m.admin_option, array_length(m.path, 1) = 1 as direct,
  (select string_agg(pg_get_userbyid(x), ' > ' order by i) from unnest(m.path) with ordinality u(x, i)) as via,
  m.predefined in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program', 'pg_read_all_data', 'pg_write_all_data', 'pg_maintain', 'pg_signal_backend', 'pg_create_subscription') as powerful,
  format('%s is a member of %s%s', pg_get_userbyid(m.member), m.predefined, case when m.admin_option then ' with admin option' else '' end) as summary
from m join pg_roles r on r.oid = m.member
where pg_get_userbyid(m.member) not in ('azure_pg_admin', 'azuresu', 'azure_superuser', 'replication', 'pg_monitor') and not r.rolsuper order by 1, 2
