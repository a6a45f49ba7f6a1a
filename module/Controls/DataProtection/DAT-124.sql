-- type: PgSecurity/sensitiveColumns
-- scope: database
-- names: schema, table, column
-- parts: sensitive_columns, masked_columns
select col.nspname as schema, col.relname as table, col.attname as column, col.type, col.category, m.label is not null as masked, m.provider,
  col.category in ('Secret', 'PaymentCard', 'GovernmentId') and col.type !~ '^(bytea|uuid|boolean|timestamp|date)' as plain_text,
  format('%s.%s.%s looks like %s (%s)%s', col.nspname, col.relname, col.attname, col.category, col.type, case when m.label is null then ', not masked' else ', masked' end) as summary
from sensitive_columns col left join masked_columns m using (relid, attnum) order by 6, 1, 2, 3
