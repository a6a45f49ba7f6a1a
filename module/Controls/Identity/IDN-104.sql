-- type: PgSecurity/entraLabels
-- scope: server
-- names: role
select pg_get_userbyid(objoid) as role, max(substring(label from 'type=([A-Za-z]+)')) as principal_type, max(substring(label from 'oid=([0-9A-Fa-f-]+)')) as object_id,
  bool_or(label ~ 'oid=[0-9A-Fa-f-]{36}') as has_object_id, bool_or(provider = 'pgaadauth' and label ~* '(^|,)\s*admin') as administrator,
  format('the Entra role %s is matched by %s', pg_get_userbyid(objoid), case when bool_or(label ~ 'oid=[0-9A-Fa-f-]{36}') then 'object id' else 'name only' end) as summary
from pg_shseclabel where provider in ('pgaadauth', 'pgaadauth-int') and classoid = 'pg_authid'::regclass group by objoid order by 1
