-- The columns with a masking rule, of anon's own policy and of those that the server names.
select distinct on (objoid, objsubid) objoid as relid, objsubid as attnum, provider, label from pg_seclabel
where classoid = 'pg_class'::regclass and objsubid > 0
  and (provider = 'anon' or provider = any(string_to_array(replace(coalesce(current_setting('anon.masking_policies', true), ''), ' ', ''), ',')))
  and label ~* '^\s*MASKED\s+WITH\s+(FUNCTION|VALUE)' order by objoid, objsubid, provider
