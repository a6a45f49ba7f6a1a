-- type: PgSecurity/serverSettings
-- scope: server
-- names: name
select name, setting, boot_val as built_in, source, context, case when setting ~ '^-?[0-9]{1,9}$' then setting::int end as number,
  case when name = 'log_line_prefix' then setting ~ '%[mtn]' and setting ~ '%[pc]' and setting ~ '%u' and setting ~ '%d' and setting ~ '%a' and setting ~ '%[hr]' end as prefix_complete,
  case when name = 'log_timezone' then coalesce((select to_jsonb(t.utc_offset = interval '0' and not t.is_dst) from pg_timezone_names t where t.name = setting limit 1), jsonb_build_object('$unknown', 'the server does not know the offset of its time zone')) end as is_utc,
  format('%s = %s', name, setting) as summary
from pg_settings where name in ('ssl', 'ssl_min_protocol_version', 'password_encryption', 'log_connections', 'log_disconnections', 'log_error_verbosity', 'log_hostname', 'log_statement', 'log_min_messages',
  'log_min_error_statement', 'debug_print_parse', 'debug_print_rewritten', 'debug_print_plan', 'log_replication_commands', 'log_lock_waits', 'row_security', 'lo_compat_privileges', 'log_parameter_max_length',
  'log_parameter_max_length_on_error', 'idle_in_transaction_session_timeout', 'statement_timeout', 'log_checkpoints', 'ignore_system_indexes', 'jit_debugging_support', 'jit_profiling_support', 'post_auth_delay',
  'zero_damaged_pages', 'ignore_checksum_failure', 'allow_system_table_mods', 'standard_conforming_strings', 'backslash_quote', 'event_triggers', 'restrict_nonsystem_relation_kind', 'createrole_self_grant',
  'authentication_timeout', 'log_timezone', 'log_line_prefix', 'idle_session_timeout', 'tcp_keepalives_idle', 'fsync', 'full_page_writes', 'data_checksums') order by 1
