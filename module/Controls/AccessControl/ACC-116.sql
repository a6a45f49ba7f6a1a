-- type: PgSecurity/publicFunctions
-- scope: database
-- names: schema
select n.nspname as schema, count(*) as functions, count(*) filter (where p.prosecdef) as security_definer, format('PUBLIC may call %s functions in schema %s', count(*), n.nspname) as summary
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where pg_get_userbyid(p.proowner) not in ('azuresu', 'azure_superuser') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_function_privilege('public', p.oid, 'EXECUTE')
  and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e') group by 1 order by 1
