-- type: PgSecurity/maskingLeaks
-- scope: database
-- names: kind, role, object
-- parts: masked_columns, masked_roles
with recursive ruled as (select distinct relid from masked_columns),
member as (select am.member, am.roleid as masked_group from pg_auth_members am where am.roleid in (select oid from masked_roles)
  union select am.member, m.masked_group from pg_auth_members am join member m on am.roleid = m.member),
v as (select w.ev_class, d.refobjid, 1 as depth from pg_rewrite w join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class
  union select v.ev_class, d.refobjid, depth + 1 from v join pg_rewrite w on w.ev_class = v.refobjid join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass and d.refobjid <> w.ev_class where depth < 20),
leak as (
  select 'member of a masked group' as kind, pg_get_userbyid(m.member)::text as role, pg_get_userbyid(m.masked_group)::text as object from member m where m.member not in (select oid from masked_roles)
  union
  select 'view over a masked table', pg_get_userbyid(masked_roles.oid)::text, v.ev_class::regclass::text from masked_roles cross join v join ruled on ruled.relid = v.refobjid join pg_class c on c.oid = v.ev_class
  where has_table_privilege(masked_roles.oid, v.ev_class, 'SELECT') and has_schema_privilege(masked_roles.oid, c.relnamespace, 'USAGE') and v.ev_class not in (select relid from ruled)
  union
  select 'function that runs as its owner', pg_get_userbyid(masked_roles.oid)::text, p.oid::regprocedure::text from masked_roles cross join pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prosecdef and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'anon') and has_function_privilege(masked_roles.oid, p.oid, 'EXECUTE') and has_schema_privilege(masked_roles.oid, n.oid, 'USAGE')
    and exists (select 1 from ruled) and p.proowner not in (select oid from masked_roles)
  union
  select 'statistics of a masked column', pg_get_userbyid(masked_roles.oid)::text, k.relid::regclass::text || '.' || t.attname from masked_roles cross join masked_columns k join pg_attribute t on t.attrelid = k.relid and t.attnum = k.attnum join pg_class c on c.oid = k.relid join pg_namespace n on n.oid = c.relnamespace
  where has_column_privilege(masked_roles.oid, k.relid, k.attnum::smallint, 'SELECT') and c.reltuples > 0)
select kind, role, object, format('%s: %s sees %s unmasked', kind, role, object) as summary from leak order by 1, 2, 3
