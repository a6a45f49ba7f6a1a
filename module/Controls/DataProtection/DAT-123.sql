-- type: PgSecurity/foreignServers
-- scope: database
-- names: server
select s.srvname as server, f.fdwname as wrapper, pg_get_userbyid(s.srvowner) as owner, (select substr(o, 9) from unnest(s.srvoptions) o where o like 'sslmode=%') as sslmode,
  has_server_privilege('public', s.oid, 'USAGE') as public_usage, f.fdwname in ('postgres_fdw', 'dblink_fdw') as of_postgres,
  format('server %s (%s): sslmode %s%s', s.srvname, f.fdwname, coalesce((select substr(o, 9) from unnest(s.srvoptions) o where o like 'sslmode=%'), 'not set (prefer)'),
    case when has_server_privilege('public', s.oid, 'USAGE') then ', usable by PUBLIC' else '' end) as summary
from pg_foreign_server s join pg_foreign_data_wrapper f on f.oid = s.srvfdw order by 1
