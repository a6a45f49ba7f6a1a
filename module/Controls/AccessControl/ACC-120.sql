-- type: PgSecurity/largeObjectGrants
-- scope: database
-- names: large_object, grantee
select l.oid::bigint as large_object, pg_get_userbyid(l.lomowner) as owner, case when a.grantee = 0 then null else pg_get_userbyid(a.grantee) end as grantee, a.grantee = 0 as to_public, array_agg(a.privilege_type) as privileges,
  format('%s has %s on large object %s', case when a.grantee = 0 then 'PUBLIC' else pg_get_userbyid(a.grantee) end, string_agg(a.privilege_type, ', '), l.oid) as summary
from pg_largeobject_metadata l cross join lateral aclexplode(l.lomacl) a
where a.grantee <> l.lomowner group by l.oid, l.lomowner, a.grantee order by 1
