-- type: PgSecurity/allowedExtensions
-- scope: database
-- names: extension
select lower(trim(x)) as extension, exists (select 1 from pg_extension e where e.extname = lower(trim(x))) as installed, format('extension %s is allowed and not created here', lower(trim(x))) as summary
from unnest(string_to_array(nullif(current_setting('azure.extensions', true), ''), ',')) x order by 1
