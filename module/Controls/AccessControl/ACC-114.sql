-- type: PgSecurity/definerFunctions
-- scope: database
-- names: signature
-- moves: verdict
with f as (
  select p.oid, n.nspname, p.proname, pg_get_userbyid(p.proowner) as owner, r.rolsuper or r.rolbypassrls or r.rolcreaterole as strong_owner,
    (select substr(c, 13) from unnest(p.proconfig) c where c like 'search\_path=%') as sp, has_function_privilege('public', p.oid, 'EXECUTE') as public_execute
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
  where p.prosecdef and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')),
e as (select f.oid, trim(both ' "' from x) as elt, i, max(i) over (partition by f.oid) as last from f cross join lateral regexp_split_to_table(f.sp, ',') with ordinality u(x, i)),
j as (select f.*, case when f.sp is null then 'no search_path is set'
    when exists (select 1 from e join pg_namespace s on s.nspname = e.elt where e.oid = f.oid and has_schema_privilege('public', s.oid, 'CREATE')) then 'its search_path has a schema in which PUBLIC can create'
    when exists (select 1 from e where e.oid = f.oid and e.elt = '$user') then 'its search_path has $user'
    when not exists (select 1 from e where e.oid = f.oid and e.i = e.last and e.elt = 'pg_temp') then 'pg_temp is not last in its search_path'
    else 'ok' end as verdict from f)
select j.oid::regprocedure::text as signature, j.nspname as schema, j.proname as function, j.owner, j.owner in ('azuresu', 'azure_superuser') as service_owned, j.strong_owner, j.public_execute,
  j.sp as search_path, (select array_agg(e.elt order by e.i) from e where e.oid = j.oid) as search_path_list, j.verdict,
  format('%s runs with the rights of %s: %s%s', j.oid::regprocedure::text, j.owner, j.verdict, case when j.public_execute then '; PUBLIC may call it' else '' end) as summary
from j order by 1
