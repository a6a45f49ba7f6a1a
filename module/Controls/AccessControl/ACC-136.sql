-- type: PgSecurity/fileForeignTables
-- scope: database
-- names: schema, table
select n.nspname as schema, c.relname as table, s.srvname as server, f.fdwname as wrapper, format('the foreign table %s.%s reads a file or runs a program of the server', n.nspname, c.relname) as summary
from pg_foreign_table ft join pg_class c on c.oid = ft.ftrelid join pg_namespace n on n.oid = c.relnamespace join pg_foreign_server s on s.oid = ft.ftserver join pg_foreign_data_wrapper f on f.oid = s.srvfdw
where f.fdwname = 'file_fdw' or exists (select 1 from unnest(ft.ftoptions) o where o ~ '^(filename|program)=') order by 1, 2
