-- type: PgSecurity/adminOptions
-- scope: server
-- names: role, member, grantor
select pg_get_userbyid(am.roleid) as role, pg_get_userbyid(am.member) as member, pg_get_userbyid(am.grantor) as grantor,
  am.grantor = 10 and coalesce(not (to_jsonb(am) ->> 'set_option')::boolean and not (to_jsonb(am) ->> 'inherit_option')::boolean, false) as creator,
  format('%s may grant membership of %s', pg_get_userbyid(am.member), pg_get_userbyid(am.roleid)) as summary
from pg_auth_members am join pg_roles r on r.oid = am.member where am.admin_option and not r.rolsuper
  and pg_get_userbyid(am.member) not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication') order by 1, 2
