-- type: PgSecurity/publicGrants
-- scope: database
-- names: schema, relation, column, privilege
select n.nspname as schema, c.relname as relation, null::name as column, null::text as privilege, c.relkind = 'S' as sequence, c.relkind <> 'S' as relation_grant,
  array_agg(distinct a.privilege_type) as privileges, format('PUBLIC has %s on %s.%s', string_agg(distinct a.privilege_type, ', '), n.nspname, c.relname) as summary
from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) a
where a.grantee = 0 and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e') group by 1, 2, 5, 6
union all
select n.nspname, c.relname, t.attname, a.privilege_type, false, false, array[a.privilege_type], format('PUBLIC has %s on column %s of %s.%s', a.privilege_type, t.attname, n.nspname, c.relname)
from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(t.attacl) a
where a.grantee = 0 and not t.attisdropped and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
order by 1, 2, 3
