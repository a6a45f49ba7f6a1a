-- type: PgSecurity/roleSettings
-- scope: server
-- names: database, role, setting
with s as (
  select d.datname, nullif(s.setrole, 0) as setrole, split_part(c, '=', 1) as name, substr(c, strpos(c, '=') + 1) as value
  from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase cross join lateral unnest(s.setconfig) c)
select s.datname as in_database, coalesce(s.datname, '(all)') as database, coalesce(pg_get_userbyid(s.setrole), '(all)') as role, pg_get_userbyid(s.setrole) as for_role, s.name as setting,
  case when s.name in ('row_security', 'log_statement', 'log_min_duration_statement', 'log_duration', 'log_min_messages', 'log_min_error_statement', 'log_connections',
    'log_disconnections', 'password_encryption', 'session_replication_role', 'lo_compat_privileges', 'check_function_bodies', 'statement_timeout', 'idle_in_transaction_session_timeout')
    or s.name in ('pgaudit.log', 'pgaudit.log_catalog', 'pgaudit.log_parameter', 'anon.transparent_dynamic_masking') then s.value end as value,
  case when s.name = 'row_security' then s.value ~* '^(off|false|no|0)$'
    when s.name in ('log_connections', 'log_disconnections') then s.value ~* '^(off|false|no|0|)$'
    when s.name = 'password_encryption' then s.value ~* '^(md5|on)$'
    when s.name in ('log_min_messages', 'log_min_error_statement') then s.value in ('error', 'log', 'fatal', 'panic') and not (s.name = 'log_min_error_statement' and s.value = 'error')
    when s.name = 'session_replication_role' then s.value in ('replica', 'local')
    when s.name = 'lo_compat_privileges' then s.value ~* '^(on|true|yes|1)$'
    when s.name in ('statement_timeout', 'idle_in_transaction_session_timeout') then s.value ~ '^0[a-z]*$'
    when s.name = 'pgaudit.log' then s.value ~* '^\s*none\s*$' or s.value ~ '-'
    when s.name in ('session_preload_libraries', 'local_preload_libraries', 'role') then true
    else false end as weakens,
  s.name ~* '(salt|secret|passw|pwd|token|pepper|credential|api_?key|enc.*key|[._]key)$' as secret,
  format('%s is set for role %s in database %s', s.name, coalesce(pg_get_userbyid(s.setrole), '(all)'), coalesce(s.datname, '(all)')) as summary
from s order by 2, 3, 5
