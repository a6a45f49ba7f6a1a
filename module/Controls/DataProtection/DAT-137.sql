-- type: PgSecurity/publications
-- scope: database
-- names: publication
-- parts: sensitive_columns
select p.pubname as publication, pg_get_userbyid(p.pubowner) as owner, p.puballtables as all_tables, (select count(*) from pg_publication_tables t where t.pubname = p.pubname) as tables,
  (select count(*) from pg_publication_tables t join sensitive_columns col on col.nspname = t.schemaname and col.relname = t.tablename where t.pubname = p.pubname) as sensitive_columns,
  format('publication %s gives out %s tables%s, with %s columns that look sensitive', p.pubname, (select count(*) from pg_publication_tables t where t.pubname = p.pubname), case when p.puballtables then ' (all that are and will be)' else '' end,
    (select count(*) from pg_publication_tables t join sensitive_columns col on col.nspname = t.schemaname and col.relname = t.tablename where t.pubname = p.pubname)) as summary
from pg_publication p order by 1
