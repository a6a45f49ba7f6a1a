-- type: PgSecurity/maskingStates
-- scope: database
-- names: name
-- guard: select pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
-- needs: pg_read_all_settings (in pg_monitor)
select 'anon' as name, e.extversion as created_version, e.extversion is not null as created, current_setting('anon.transparent_dynamic_masking', true) as transparent_dynamic_masking,
  concat_ws(';', current_setting('shared_preload_libraries', true), current_setting('session_preload_libraries', true)) ~ '(^|[,;/])\s*"?(\$libdir/)?anon' as preloaded,
  coalesce(current_setting('anon.restrict_to_trusted_schemas', true), 'on') as restrict_to_trusted_schemas, coalesce(current_setting('anon.strict_mode', true), 'on') as strict_mode,
  (select count(*) from pg_seclabel where provider = 'anon' and label ~* '^\s*MASKED\s+WITH') as masking_rules,
  coalesce(string_to_array(regexp_replace(e.extversion, '[^0-9.].*$', ''), '.')::int[] < array[3, 3, 0], false) as has_known_holes,
  format('anon %s: %s rules, %s', coalesce(e.extversion, 'is not created'), (select count(*) from pg_seclabel where provider = 'anon' and label ~* '^\s*MASKED\s+WITH'),
    case when concat_ws(';', current_setting('shared_preload_libraries', true), current_setting('session_preload_libraries', true)) ~ 'anon' then 'preloaded' else 'not preloaded' end) as summary
from (select 1) one left join pg_extension e on e.extname = 'anon'
