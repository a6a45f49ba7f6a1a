-- type: PgSecurity/eventTriggers
-- scope: database
-- names: name
select e.evtname as name, e.evtevent as event, e.evtenabled::text as state, pg_get_userbyid(e.evtowner) as owner, e.evtfoid::regprocedure::text as function, p.prosecdef as security_definer,
  exists (select 1 from pg_depend d where d.classid = 'pg_event_trigger'::regclass and d.objid = e.oid and d.deptype = 'e') or pg_get_userbyid(e.evtowner) in ('azuresu', 'azure_superuser') as of_extension,
  format('event trigger %s calls %s at %s, owned by %s', e.evtname, e.evtfoid::regprocedure::text, e.evtevent, pg_get_userbyid(e.evtowner)) as summary
from pg_event_trigger e join pg_proc p on p.oid = e.evtfoid order by 1
