-- type: PgSecurity/auditStates
-- scope: database
-- names: name
-- guard: select pg_has_role(current_user, 'pg_read_all_settings', 'USAGE')
-- needs: pg_read_all_settings (in pg_monitor)
select 'pgaudit' as name, current_setting('shared_preload_libraries', true) ~ '(^|,)\s*"?(\$libdir/)?pgaudit' as loaded, exists (select 1 from pg_extension where extname = 'pgaudit') as created,
  -- What is in force: the last word on a class counts, and "all, -ddl" audits no DDL.
  array(select c from unnest(array['ddl', 'function', 'misc', 'misc_set', 'read', 'role', 'write']) c
    where (select t not like '-%' from unnest(string_to_array(replace(lower(coalesce(current_setting('pgaudit.log', true), '')), ' ', ''), ',')) with ordinality u(t, i) where ltrim(t, '-') in (c, 'all') order by i desc limit 1)) as classes,
  coalesce(current_setting('pgaudit.log_parameter', true), 'off') as log_parameter, coalesce(current_setting('pgaudit.log_catalog', true), 'on') as log_catalog, nullif(current_setting('pgaudit.role', true), '') as object_role,
  -- Grants on relations and on columns, to the audit role and to every role whose rights it has.
  (select count(*) from (
    select g.relation from pg_roles r join (
      select c.oid as relation, a.grantee from pg_class c cross join lateral aclexplode(c.relacl) a
      union select t.attrelid, a.grantee from pg_attribute t cross join lateral aclexplode(t.attacl) a) g on g.grantee <> 0 and pg_has_role(r.oid, g.grantee, 'USAGE')
    where r.rolname = nullif(current_setting('pgaudit.role', true), '') group by g.relation) audited) as audited_objects,
  format('pgaudit: %s, %s here, classes %s', case when current_setting('shared_preload_libraries', true) ~ 'pgaudit' then 'loaded' else 'not loaded' end,
    case when exists (select 1 from pg_extension where extname = 'pgaudit') then 'created' else 'not created' end, coalesce(nullif(current_setting('pgaudit.log', true), ''), 'none')) as summary
