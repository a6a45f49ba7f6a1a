-- type: PgSecurity/auditStates
-- scope: database
-- names: name
-- guard: select pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
-- needs: pg_read_all_settings (in pg_monitor)
select 'pgaudit' as name, current_setting('shared_preload_libraries', true) ~ '(^|,)\s*"?(\$libdir/)?pgaudit' as loaded, exists (select 1 from pg_extension where extname = 'pgaudit') as created,
  string_to_array(replace(lower(coalesce(current_setting('pgaudit.log', true), 'none')), ' ', ''), ',') as classes,
  coalesce(current_setting('pgaudit.log_parameter', true), 'off') as log_parameter, coalesce(current_setting('pgaudit.log_catalog', true), 'on') as log_catalog, nullif(current_setting('pgaudit.role', true), '') as object_role,
  (select count(*) from pg_class c cross join lateral aclexplode(c.relacl) a where a.grantee = (select oid from pg_roles where rolname = nullif(current_setting('pgaudit.role', true), ''))) as audited_objects,
  format('pgaudit: %s, %s here, classes %s', case when current_setting('shared_preload_libraries', true) ~ 'pgaudit' then 'loaded' else 'not loaded' end,
    case when exists (select 1 from pg_extension where extname = 'pgaudit') then 'created' else 'not created' end, coalesce(nullif(current_setting('pgaudit.log', true), ''), 'none')) as summary
