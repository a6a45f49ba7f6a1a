-- type: PgSecurity/databaseSessions
-- scope: server
-- names: role
select current_user as role, current_setting('server_version_num')::int / 10000 as major_version, current_setting('server_version') as version,
  exists (select 1 from pg_roles where rolname in ('azuresu', 'azure_superuser', 'azure_pg_admin')) as azure,
  (select rolsuper from pg_roles where rolname = current_user) as superuser,
  pg_has_role(current_user, 'pg_read_all_settings', 'USAGE') as sees_all_settings, pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') as sees_all_stats,
  has_table_privilege('pg_authid', 'SELECT') as can_read_hashes, pg_is_in_recovery() as replica, s.ssl, s.version as tls_version, s.cipher,
  format('the audit ran as %s on PostgreSQL %s over %s; all settings visible: %s, all statistics visible: %s', current_user, current_setting('server_version'),
    coalesce(s.version, 'no TLS'), pg_has_role(current_user, 'pg_read_all_settings', 'USAGE'), pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')) as summary
from pg_stat_ssl s where s.pid = pg_backend_pid()
