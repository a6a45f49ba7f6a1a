-- type: PgSecurity/sessions
-- scope: server
-- names: pid
-- guard: select pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
-- needs: pg_read_all_stats (in pg_monitor)
select a.pid, a.usename as role, a.datname as in_database, host(a.client_addr) as client_address, s.ssl, s.version as tls_version, s.cipher, s.bits, a.backend_type = 'walsender' as replication,
  format('%s of %s from %s in %s: %s', case when a.backend_type = 'walsender' then 'replication' else 'a session' end, a.usename, host(a.client_addr), coalesce(a.datname, '-'), coalesce(s.version, 'no TLS')) as summary
from pg_stat_activity a join pg_stat_ssl s on s.pid = a.pid
where a.backend_type in ('client backend', 'walsender') and a.client_addr is not null order by 1
