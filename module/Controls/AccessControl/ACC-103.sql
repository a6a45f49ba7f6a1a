-- type: PgSecurity/databaseAdministrators
-- scope: server
-- names: role, via
with recursive m as (
  select am.member, am.roleid, 1 as depth, array[am.roleid] as path, am.admin_option
  from pg_auth_members am where am.roleid = (select oid from pg_roles where rolname = 'azure_pg_admin')
  union all
  select am.member, am.roleid, m.depth + 1, m.path || am.roleid, am.admin_option
  from pg_auth_members am join m on am.roleid = m.member where am.roleid <> all(m.path)),
named as (select pg_get_userbyid(m.member) as role, r.rolcanlogin as login, m.depth, m.admin_option,
  (select string_agg(pg_get_userbyid(x), ' > ' order by i) from unnest(m.path) with ordinality u(x, i)) as via from m join pg_roles r on r.oid = m.member)
select role, login, depth, admin_option, via, (select count(distinct role) from named where login) as administrators,
  format('%s is a member of azure_pg_admin%s', role, case when depth > 1 then ' through ' || via else '' end) as summary
from named order by depth, role
