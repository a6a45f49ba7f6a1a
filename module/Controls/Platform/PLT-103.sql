-- type: PgSecurity/outdatedExtensions
-- scope: database
-- names: extension
select e.extname as extension, e.extversion as installed, a.default_version as offered, e.extname <> 'anon' as can_update, format('extension %s is at %s; the server offers %s', e.extname, e.extversion, a.default_version) as summary
from pg_extension e join pg_available_extensions a on a.name = e.extname
where e.extversion <> a.default_version and exists (select 1 from pg_extension_update_paths(e.extname) p where p.source = e.extversion and p.target = a.default_version and p.path is not null) order by 1
