-- type: PgSecurity/sensitiveColumnReaders
-- scope: database
-- names: role
-- parts: sensitive_columns, masked_columns, masked_roles
select r.rolname as role, r.oid in (select oid from masked_roles) as masked_role, count(*) as columns, count(*) filter (where m.label is null) as columns_without_rule, bool_and(pg_has_role(r.oid, col.relowner, 'USAGE')) as owner,
  format('%s can read %s columns that look sensitive, %s of them without a masking rule', r.rolname, count(*), count(*) filter (where m.label is null)) as summary
from sensitive_columns col left join masked_columns m using (relid, attnum) join pg_roles r on r.rolcanlogin and not r.rolsuper and r.rolname not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication')
where has_column_privilege(r.oid, col.relid, col.attnum, 'SELECT') and has_schema_privilege(r.oid, col.relnamespace, 'USAGE')
group by r.oid, r.rolname order by 3 desc, 1
