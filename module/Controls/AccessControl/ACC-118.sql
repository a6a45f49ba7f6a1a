-- type: PgSecurity/untrustedLanguages
-- scope: database
-- names: kind, name
select 'language' as kind, l.lanname::text as name, l.lanname as language, pg_get_userbyid(l.lanowner) as owner, format('the untrusted language %s is installed', l.lanname) as summary
from pg_language l where not l.lanpltrusted and l.lanname not in ('internal', 'c')
union all
select 'function', p.oid::regprocedure::text, l.lanname, pg_get_userbyid(p.proowner), format('%s is written in %s', p.oid::regprocedure::text, l.lanname)
from pg_proc p join pg_language l on l.oid = p.prolang join pg_namespace n on n.oid = p.pronamespace
where not l.lanpltrusted and pg_get_userbyid(p.proowner) not in ('azuresu', 'azure_superuser') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e') order by 1, 2
