-- type: PgSecurity/maskingLeaks
-- scope: database
-- names: kind, role, object
with recursive masked as (
  select objoid as relid, objsubid as attnum, provider, label from pg_seclabel
  where classoid = 'pg_class'::regclass and objsubid > 0
    and (provider = 'anon' or provider = any(string_to_array(replace(coalesce(current_setting('anon.masking_policies', true), ''), ' ', ''), ',')))
    and label ~* '^\s*MASKED\s+WITH\s+(FUNCTION|VALUE)'),
mr as (
  select objoid as oid from pg_shseclabel where classoid = 'pg_authid'::regclass and label ~* '^\s*MASKED'
  union select objoid from pg_seclabel where classoid = 'pg_authid'::regclass and label ~* '^\s*MASKED'),
ruled as (select distinct relid from masked),
member as (select am.member, am.roleid as masked_group from pg_auth_members am where am.roleid in (select oid from mr)
  union select am.member, m.masked_group from pg_auth_members am join member m on am.roleid = m.member),
v as (select w.ev_class, d.refobjid, 1 as depth from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
  union select v.ev_class, d.refobjid, depth + 1 from v join pg_rewrite w on w.ev_class = v.refobjid join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class where depth < 20),
leak as (
  select 'member of a masked group' as kind, pg_get_userbyid(m.member)::text as role, pg_get_userbyid(m.masked_group)::text as object from member m where m.member not in (select oid from mr)
  union
  select 'view over a masked table', pg_get_userbyid(mr.oid)::text, v.ev_class::regclass::text from mr cross join v join ruled on ruled.relid = v.refobjid join pg_class c on c.oid = v.ev_class
  where has_table_privilege(mr.oid, v.ev_class, 'SELECT') and has_schema_privilege(mr.oid, c.relnamespace, 'USAGE') and v.ev_class not in (select relid from ruled)
  union
  select 'function that runs as its owner', pg_get_userbyid(mr.oid)::text, p.oid::regprocedure::text from mr cross join pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prosecdef and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'anon') and has_function_privilege(mr.oid, p.oid, 'EXECUTE') and has_schema_privilege(mr.oid, n.oid, 'USAGE')
    and exists (select 1 from ruled) and p.proowner not in (select oid from mr)
  union
  select 'statistics of a masked column', pg_get_userbyid(mr.oid)::text, k.relid::regclass::text || '.' || t.attname from mr cross join masked k join pg_attribute t on t.attrelid = k.relid and t.attnum = k.attnum join pg_class c on c.oid = k.relid join pg_namespace n on n.oid = c.relnamespace
  where has_column_privilege(mr.oid, k.relid, k.attnum::smallint, 'SELECT') and c.reltuples > 0)
select kind, role, object, format('%s: %s sees %s unmasked', kind, role, object) as summary from leak order by 1, 2, 3
