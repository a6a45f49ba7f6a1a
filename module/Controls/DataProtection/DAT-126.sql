-- type: PgSecurity/partitionMasks
-- scope: database
-- names: parent, child, column
-- parts: masked_columns
select pn.nspname || '.' || pc.relname as parent, cn.nspname || '.' || cc.relname as child, pa.attname as column,
  case when exists (select 1 from masked_columns k where k.relid = pc.oid and k.attnum = pa.attnum) then 'the child' else 'the parent' end as without_rule,
  format('column %s of %s and its child %s: %s has no masking rule, and reading through it is not masked', pa.attname, pn.nspname || '.' || pc.relname, cn.nspname || '.' || cc.relname,
    case when exists (select 1 from masked_columns k where k.relid = pc.oid and k.attnum = pa.attnum) then 'the child' else 'the parent' end) as summary
from pg_inherits i join pg_class pc on pc.oid = i.inhparent join pg_namespace pn on pn.oid = pc.relnamespace join pg_class cc on cc.oid = i.inhrelid join pg_namespace cn on cn.oid = cc.relnamespace
join pg_attribute pa on pa.attrelid = pc.oid and pa.attnum > 0 and not pa.attisdropped join pg_attribute ca on ca.attrelid = cc.oid and ca.attname = pa.attname
where exists (select 1 from masked_columns k where k.relid = pc.oid and k.attnum = pa.attnum) <> exists (select 1 from masked_columns k where k.relid = cc.oid and k.attnum = ca.attnum) order by 1, 2, 3
