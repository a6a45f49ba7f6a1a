-- type: PgSecurity/maskedRoleTables
-- scope: database
-- names: role, schema, table
-- parts: masked_roles
with eff as (
  select masked_roles.oid, coalesce(
    (select split_part(c, '=', 2) from pg_db_role_setting s cross join lateral unnest(s.setconfig) c where s.setrole = masked_roles.oid and s.setdatabase = (select oid from pg_database where datname = current_database()) and c like 'anon.transparent\_dynamic\_masking=%'),
    (select split_part(c, '=', 2) from pg_db_role_setting s cross join lateral unnest(s.setconfig) c where s.setrole = masked_roles.oid and s.setdatabase = 0 and c like 'anon.transparent\_dynamic\_masking=%'),
    (select split_part(c, '=', 2) from pg_db_role_setting s cross join lateral unnest(s.setconfig) c where s.setrole = 0 and s.setdatabase = (select oid from pg_database where datname = current_database()) and c like 'anon.transparent\_dynamic\_masking=%'),
    (select reset_val from pg_settings where name = 'anon.transparent_dynamic_masking'), 'off') as tdm from masked_roles)
select pg_get_userbyid(eff.oid) as role, n.nspname as schema, c.relname as table, count(*) as columns, eff.tdm as transparent_masking,
  format('the masked role %s reads %s columns of %s.%s that have a rule, and nothing masks them: transparent masking is %s', pg_get_userbyid(eff.oid), count(*), n.nspname, c.relname, eff.tdm) as summary
from eff cross join pg_seclabel l join pg_class c on c.oid = l.objoid join pg_namespace n on n.oid = c.relnamespace
where l.classoid = 'pg_class'::regclass and l.objsubid > 0 and l.label ~* '^\s*MASKED\s+WITH' and eff.tdm !~* '^(on|true|yes|1|t)$'
  and has_schema_privilege(eff.oid, n.oid, 'USAGE') and has_column_privilege(eff.oid, c.oid, l.objsubid::smallint, 'SELECT')
group by eff.oid, n.nspname, c.relname, eff.tdm order by 1, 2, 3
