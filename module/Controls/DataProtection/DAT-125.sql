-- type: PgSecurity/sensitiveColumnReaders
-- scope: database
-- names: role
with pat(category, re) as (values
  ('government id', 'ssn|socialsec|nationalid|passport|taxid|taxnumber|nino$|driv(er|ing)lic|licensenumber|insurancenumber|identitycard|idcard|^cpf$|^nif$|^nie$|^dni$|aadhaar'),
  ('email', 'e?mail(addr(ess)?)?$|^email'), ('phone', 'phone|mobile|cellno|msisdn|faxn'), ('name', '(first|last|full|sur|given|middle|maiden|family)name'),
  ('birth date', 'birth|^dob$|dateofb'), ('payment card', 'card(no|num|pan)|creditcard|^ccn|ccnum|^pan$|cvv|cvc2?$'),
  ('bank account', 'iban|^bic$|swift|account(no|num)|routingn|sortcode'), ('pay', 'salary|wage|income|compensation'),
  ('address', 'street|addressline|homeaddr|postaladdr|postcode|zipcode|^zip$|latitude|longitude'),
  ('secret', 'passw|pwd|secret|apikey|accesskey|privatekey|token|^salt$|^otp|mfasecret|recoverycode|sessionid|(pgp|ssh|gpg)key'),
  ('health', 'diagnos|medical|patient|healthrec|bloodtype|allerg|medication|disease'), ('online id', 'ipaddr|^ip$|macaddr|deviceid|imei|cookieid'),
  ('special category', 'ethnic|religio|sexual|^gender$|^race$|political|tradeunion|biometric|genetic|facialrecog')),
col as (
  select c.oid as relid, t.attnum, n.nspname, c.relname, c.relnamespace, c.relowner, t.attname, format_type(t.atttypid, t.atttypmod) as type, min(p.category) as category
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped
  join pat p on lower(regexp_replace(t.attname, '[^A-Za-z0-9]', '', 'g')) ~ p.re
  where c.relkind in ('r', 'p', 'f', 'm') and n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'anon', 'mask', 'cron')
    and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
  group by 1, 2, 3, 4, 5, 6, 7, 8),
masked as (
  select objoid as relid, objsubid as attnum, provider, label from pg_seclabel
  where classoid = 'pg_class'::regclass and objsubid > 0
    and (provider = 'anon' or provider = any(string_to_array(replace(coalesce(current_setting('anon.masking_policies', true), ''), ' ', ''), ',')))
    and label ~* '^\s*MASKED\s+WITH\s+(FUNCTION|VALUE)'),
mr as (
  select objoid as oid from pg_shseclabel where classoid = 'pg_authid'::regclass and label ~* '^\s*MASKED'
  union select objoid from pg_seclabel where classoid = 'pg_authid'::regclass and label ~* '^\s*MASKED')
select r.rolname as role, r.oid in (select oid from mr) as masked_role, count(*) as columns, count(*) filter (where m.label is null) as columns_without_rule, bool_and(pg_has_role(r.oid, col.relowner, 'USAGE')) as owner,
  format('%s can read %s columns that look sensitive, %s of them without a masking rule', r.rolname, count(*), count(*) filter (where m.label is null)) as summary
from col left join masked m using (relid, attnum) join pg_roles r on r.rolcanlogin and not r.rolsuper and r.rolname not in ('azuresu', 'azure_superuser', 'azure_pg_admin', 'replication')
where has_column_privilege(r.oid, col.relid, col.attnum, 'SELECT') and has_schema_privilege(r.oid, col.relnamespace, 'USAGE')
group by r.oid, r.rolname order by 3 desc, 1
