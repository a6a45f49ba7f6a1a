-- The roles whose reading is masked.
select objoid as oid from pg_shseclabel where classoid = 'pg_authid'::regclass and label ~* '^\s*MASKED'
union select objoid from pg_seclabel where classoid = 'pg_authid'::regclass and label ~* '^\s*MASKED'
