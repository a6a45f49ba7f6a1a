-- type: PgSecurity/publications
-- scope: database
-- names: publication
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
one as (select 1)
select p.pubname as publication, pg_get_userbyid(p.pubowner) as owner, p.puballtables as all_tables, (select count(*) from pg_publication_tables t where t.pubname = p.pubname) as tables,
  (select count(*) from pg_publication_tables t join col on col.nspname = t.schemaname and col.relname = t.tablename where t.pubname = p.pubname) as sensitive_columns,
  format('publication %s gives out %s tables%s, with %s columns that look sensitive', p.pubname, (select count(*) from pg_publication_tables t where t.pubname = p.pubname), case when p.puballtables then ' (all that are and will be)' else '' end,
    (select count(*) from pg_publication_tables t join col on col.nspname = t.schemaname and col.relname = t.tablename where t.pubname = p.pubname)) as summary
from pg_publication p order by 1
