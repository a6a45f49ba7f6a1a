-- type: PgSecurity/defaultPrivileges
-- scope: database
-- names: for_role, schema, object_kind, grantee
select pg_get_userbyid(da.defaclrole) as for_role, n.nspname as schema,
  case da.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' when 'n' then 'SCHEMAS' else 'LARGE OBJECTS' end as object_kind,
  case when a.grantee = 0 then null else pg_get_userbyid(a.grantee) end as grantee, a.grantee = 0 as to_public, bool_or(a.is_grantable) as grantable, array_agg(a.privilege_type) as privileges,
  format('new %s of %s%s are open to %s: %s', lower(case da.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES' when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' when 'n' then 'SCHEMAS' else 'LARGE OBJECTS' end),
    pg_get_userbyid(da.defaclrole), coalesce(' in schema ' || n.nspname, ''), case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, string_agg(a.privilege_type, ', ')) as summary
from pg_default_acl da left join pg_namespace n on n.oid = da.defaclnamespace cross join lateral aclexplode(da.defaclacl) a
where a.grantee <> da.defaclrole group by da.defaclrole, n.nspname, da.defaclobjtype, a.grantee order by 1, 2, 3
