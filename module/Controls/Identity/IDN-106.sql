-- type: PgSecurity/passwordPolicies
-- scope: server
-- names: name
-- guard: select pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
-- needs: pg_read_all_settings (in pg_monitor)
select 'credcheck' as name, current_setting('shared_preload_libraries', true) ~ '(^|,)\s*"?(\$libdir/)?credcheck' as loaded,
  coalesce(current_setting('credcheck.password_min_length', true), '1')::int as minimum_length, coalesce(current_setting('credcheck.password_reuse_history', true), '0')::int as reuse_history,
  coalesce(current_setting('credcheck.max_auth_failure', true), '0')::int as maximum_failures,
  format('credcheck %s: minimum length %s, reuse history %s, failures before a lock-out %s', case when current_setting('shared_preload_libraries', true) ~ 'credcheck' then 'is loaded' else 'is not loaded' end,
    coalesce(current_setting('credcheck.password_min_length', true), '-'), coalesce(current_setting('credcheck.password_reuse_history', true), '-'), coalesce(current_setting('credcheck.max_auth_failure', true), '-')) as summary
