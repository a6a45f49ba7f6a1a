-- type: PgSecurity/catalogSecretReaders
-- scope: server
-- names: role
select r.rolname as role, r.rolcanlogin as login, has_table_privilege(r.oid, 'pg_authid', 'SELECT') or has_column_privilege(r.oid, 'pg_authid', 'rolpassword', 'SELECT') as password_hashes,
  has_table_privilege(r.oid, 'pg_user_mapping', 'SELECT') as foreign_passwords, has_column_privilege(r.oid, 'pg_subscription', 'subconninfo', 'SELECT') as subscription_passwords,
  format('%s can read %s', r.rolname, concat_ws(', ', case when has_table_privilege(r.oid, 'pg_authid', 'SELECT') then 'password hashes' end,
    case when has_table_privilege(r.oid, 'pg_user_mapping', 'SELECT') then 'passwords of foreign servers' end, case when has_column_privilege(r.oid, 'pg_subscription', 'subconninfo', 'SELECT') then 'connection strings of subscriptions' end)) as summary
from pg_roles r
where not r.rolsuper and r.rolname not in ('azure_pg_admin', 'pg_read_all_data')
  and (has_table_privilege(r.oid, 'pg_authid', 'SELECT') or has_column_privilege(r.oid, 'pg_authid', 'rolpassword', 'SELECT') or has_table_privilege(r.oid, 'pg_user_mapping', 'SELECT')
       or has_column_privilege(r.oid, 'pg_subscription', 'subconninfo', 'SELECT'))
order by 1
