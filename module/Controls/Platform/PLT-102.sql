-- type: PgSecurity/riskyExtensions
-- scope: database
-- names: extension
select e.extname as extension, e.extversion as version, pg_get_userbyid(e.extowner) as owner, n.nspname as schema, w.why,
  format('extension %s: %s', e.extname, w.why) as summary
from pg_extension e join pg_namespace n on n.oid = e.extnamespace cross join lateral (select
  case when e.extname in ('dblink', 'postgres_fdw', 'oracle_fdw', 'tds_fdw', 'file_fdw', 'azure_storage', 'azure_ai', 'http', 'pg_net', 'mysql_fdw', 'pg_duckdb') then 'reaches outside the database'
    when e.extname in ('pg_cron', 'pgagent', 'login_hook') then 'runs jobs or hooks'
    when e.extname in ('adminpack', 'pageinspect', 'pg_buffercache', 'pg_visibility', 'pg_surgery', 'pg_walinspect', 'pg_freespacemap', 'pgrowlocks', 'pgstattuple', 'amcheck') then 'reads storage internals'
    when e.extname ~ '^(plperlu|plpython[23]?u|pltclu|plr|plsh|pljava)$' then 'untrusted language' end as why) w
where w.why is not null order by 1
