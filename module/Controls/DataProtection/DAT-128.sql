-- type: PgSecurity/maskedRoles
-- scope: database
-- names: role
-- parts: masked_roles
select r.rolname as role, r.rolsuper or r.rolbypassrls as bypass, r.rolcreaterole as create_role, (select count(*) from pg_auth_members am where am.member = r.oid and am.roleid not in (select oid from masked_roles)) as unmasked_groups,
  has_table_privilege(r.oid, 'pg_authid', 'SELECT') as can_read_hashes, (select count(*) from pg_class c where c.relowner = r.oid) as owned_relations,
  (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'anon') and has_table_privilege(r.oid, c.oid, 'INSERT,UPDATE,DELETE')) as writable_tables,
  format('the masked role %s: member of %s unmasked groups, owner of %s relations, may write %s tables%s', r.rolname, (select count(*) from pg_auth_members am where am.member = r.oid and am.roleid not in (select oid from masked_roles)),
    (select count(*) from pg_class c where c.relowner = r.oid),
    (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'anon') and has_table_privilege(r.oid, c.oid, 'INSERT,UPDATE,DELETE')),
    case when r.rolsuper or r.rolbypassrls then ', bypasses row-level security' else '' end) as summary
from pg_roles r where r.oid in (select oid from masked_roles) order by 1
