-- type: PgSecurity/publicSchemas
-- scope: database
-- names: schema
select n.nspname as schema, pg_get_userbyid(n.nspowner) as owner, format('PUBLIC may create objects in schema %s', n.nspname) as summary
from pg_namespace n cross join lateral aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
where a.grantee = 0 and a.privilege_type = 'CREATE' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1
