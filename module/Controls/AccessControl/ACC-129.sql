-- type: PgSecurity/rowPolicies
-- scope: database
-- names: schema, table, policy
with e as (
  select n.nspname, c.relname, p.polname, p.polcmd, lower(regexp_replace(coalesce(pg_get_expr(p.polqual, p.polrelid), ''), '[\s()]', '', 'g')) as q,
    lower(regexp_replace(coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''), '[\s()]', '', 'g')) as w,
    concat(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) ~* 'current_setting\(' as trusts_setting, p.polpermissive, c.relrowsecurity
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace),
j as (select e.*, polpermissive and relrowsecurity and (q ~ '^(true|(.+)=\2)$' or q ~ '(^|or)true$') as using_open,
  polpermissive and relrowsecurity and (w ~ '^(true|(.+)=\2)$' or w ~ '(^|or)true$') as check_open from e)
select nspname as schema, relname as table, polname as policy, polcmd::text as command, using_open, check_open, using_open or check_open as open, trusts_setting and relrowsecurity as trusts_setting,
  format('policy %s on %s.%s%s%s%s', polname, nspname, relname, case when using_open then ' lets every row be seen or changed' else '' end, case when check_open then ' lets any row be written' else '' end,
    case when trusts_setting then ' trusts a setting that every role can change' else '' end) as summary
from j order by 1, 2, 3
