-- type: PgSecurity/tenantTables
-- scope: database
-- names: schema, table
select n.nspname as schema, c.relname as table, array_agg(t.attname::text) as tenant_columns, format('%s.%s has the column %s and no row-level security', n.nspname, c.relname, string_agg(t.attname, ', ')) as summary
from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped
where c.relkind in ('r', 'p') and not c.relrowsecurity and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  and lower(t.attname) ~ '^(tenant|org|organi[sz]ation|customer_account|company|account)_?(id|uuid|key)$' group by 1, 2 order by 1, 2
