-- type: PgSecurity/userMappings
-- scope: database
-- names: server, role
select u.srvname as server, case when u.umuser = 0 then 'PUBLIC' else u.usename::text end as role, u.umuser = 0 as for_public,
  case when u.umoptions is null then jsonb_build_object('$unknown', 'the options of the mapping are shown to its own role and to the server''s owner only')
    else to_jsonb(exists (select 1 from unnest(u.umoptions) o where o like 'password=%')) end as kept_in_clear,
  case when u.umoptions is null then jsonb_build_object('$unknown', 'the options of the mapping are shown to its own role and to the server''s owner only')
    else to_jsonb(exists (select 1 from unnest(u.umoptions) o where o = 'password_required=false')) end as login_optional,
  format('the mapping of %s to server %s: password %s', case when u.umuser = 0 then 'PUBLIC' else u.usename::text end, u.srvname,
    case when u.umoptions is null then 'not visible to this role' when exists (select 1 from unnest(u.umoptions) o where o like 'password=%') then 'stored in clear' else 'none' end) as summary
from pg_user_mappings u order by 1, 2
