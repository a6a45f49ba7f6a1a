-- The columns that look sensitive, as module/Masking/sensitive-columns.json has it: the same that Get-PgSensitiveColumn shows
-- with more than low confidence. Names, types, comments and keys are judged before the query is sent; here stand the results.
select c.oid as relid, t.attnum, n.nspname, c.relname, c.relnamespace, c.relowner, t.attname, format_type(t.atttypid, t.atttypmod) as type, s.category
from jsonb_to_recordset({sensitiveColumns}) as s(relid oid, attnum int2, category text)
join pg_class c on c.oid = s.relid join pg_namespace n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid and t.attnum = s.attnum
