-- type: PgSecurity/cronJobs
-- scope: database
-- names: job
-- guard: select case when not exists (select 1 from pg_extension where extname = 'pg_cron') then '(select null::bigint as jobid, null::text as schedule, null::text as database, null::text as username, null::boolean as active, null::text as command where false) as job' when to_regclass('cron.job') is not null and has_schema_privilege(to_regnamespace('cron'), 'USAGE') and has_table_privilege(to_regclass('cron.job'), 'SELECT') and (pg_has_role(current_user, (select relowner from pg_class where oid = to_regclass('cron.job')), 'USAGE') or (select rolbypassrls or rolsuper from pg_roles where rolname = current_user)) then 'cron.job' end
-- needs: SELECT on cron.job past its row policy (which shows a role its own jobs only): the owner of pg_cron, or BYPASSRLS
select jobid as job, schedule, database as runs_in, username as role, active, t.names_login,
  coalesce((select r.rolsuper or r.rolcreaterole or r.rolbypassrls from pg_roles r where r.rolname::text = username::text), false) as strong_role,
  format('job %s runs as %s in %s%s', jobid, username, database, case when t.names_login then ' with a secret in its text' else '' end) as summary
from {guard}
-- A literal after the word, or the word inside one: a connection string.
cross join lateral (select command ~* '(password|passwd|pwd|secret|token)\s*[=:]?\s*''' or command ~* '''[^'']*(password|passwd|pwd)\s*=\s*[^\s''$]' as names_login) t order by 1
