-- One flaw of the database for each check that looks at a database.
grant create on schema public to public;
create schema app authorization flaw_owner;
grant usage on schema app to app_rw, flaw_reader, flaw_md5;
grant create on schema app to app_user;
create table app.customer(id int primary key, tenant_id int, email text, ssn text, card_number text, password text, note text);
alter table app.customer owner to flaw_owner;
grant select on app.customer to public;
grant select (note) on app.customer to public;
grant select, insert, update on app.customer to app_user with grant option;
grant trigger, truncate, references on app.customer to app_user;
create sequence app.seq; grant usage on sequence app.seq to public;
create table app.policy_off(id int, tenant_id int); create policy p on app.policy_off using (true);
create table app.not_forced(id int, t int); alter table app.not_forced enable row level security; alter table app.not_forced owner to flaw_owner;
create policy open_check on app.not_forced for update using (t = 1) with check (true);
create policy always on app.not_forced for select using (1 = 1);
create policy by_setting on app.not_forced for select using (t = current_setting('app.t')::int);
create table app.no_policy(id int); alter table app.no_policy enable row level security; alter table app.no_policy force row level security;
create view app.v1 as select * from app.not_forced; create view app.v2 as select * from app.v1;
create materialized view app.mv as select * from app.v1; grant select on app.v1, app.v2, app.mv to app_rw;
create function app.definer() returns int language sql security definer as 'select 1';
create function app.definer_path() returns int language sql security definer set search_path = "$user", public as 'select 1';
create procedure app.definer_procedure(a int, b text) language sql security definer as 'select 1';
create function app.plain(a int) returns int language sql as 'select a';
create function app.trigger_function() returns trigger language plpgsql as 'begin return new; end';
create trigger audited before insert on app.customer for each row execute function app.trigger_function();
alter table app.customer disable trigger audited;
create rule also as on update to app.policy_off do also nothing;
alter default privileges for role flaw_owner in schema app grant select on tables to public;
alter default privileges for role flaw_owner grant execute on functions to app_user with grant option;
select lo_create(4242); grant select on large object 4242 to public;
grant execute on function pg_read_file(text) to flaw_reader;
grant select on pg_statistic to flaw_reader;
create extension dblink schema public; create extension postgres_fdw schema public; create extension file_fdw schema public;
create server remote foreign data wrapper postgres_fdw options (host '127.0.0.1', dbname 'x');
grant usage on foreign server remote to public;
create user mapping for flaw_owner server remote options (user 'u', password 'PLANTED-FDW-PASSWORD-55d0');
create user mapping for public server remote options (user 'u', password_required 'false');
create server files foreign data wrapper file_fdw;
create foreign table app.file(line text) server files options (filename '/etc/hostname');
create function app.on_ddl() returns event_trigger language plpgsql as 'begin end';
create event trigger flaw_event on ddl_command_end execute function app.on_ddl();
create publication everything for all tables;
create extension pgcrypto schema public version '1.3';
update pg_extension set extversion = '1.2' where extname = 'pgcrypto';
create or replace function app.untrusted() returns int language c as '$libdir/plpgsql', 'plpgsql_call_handler';
-- Masking rules where no extension is: the labels are what the checks read.
create role flaw_masked login password '{password}' connection limit 5; create role flaw_masked_member login password '{password}' connection limit 5 in role flaw_masked;
grant app_rw to flaw_masked; grant usage on schema app to flaw_masked, flaw_masked_member; grant select, update on app.customer to flaw_masked;
create table app.part(id int, ssn text) partition by range (id); create table app.part_1 partition of app.part for values from (0) to (10);
create view app.customer_view as select * from app.customer; grant select on app.customer_view to flaw_masked;
insert into app.customer values (1, 1, 'PLANTED-ROW@example.com', 'PLANTED-SSN', '4111', 'PLANTED-PW', 'x'); analyze app.customer;
create publication for_flaw for table app.customer;
create subscription flaw_subscription connection 'host=127.0.0.1 dbname=none password=PLANTED-SUBSCRIPTION-PASSWORD-31ee' publication for_flaw with (connect = false, slot_name = none, enabled = false);
-- What two extensions leave in the catalogs, where no package of them is: an old anon that is not preloaded, and jobs of pg_cron
-- behind the row policy that it makes.
create schema anon; create schema cron;
create table cron.job(jobid bigint primary key, schedule text, command text, nodename text, nodeport int, database text, username text, active boolean, jobname text);
alter table cron.job enable row level security; create policy cron_job_policy on cron.job using (username = current_user);
grant usage on schema cron to public; grant select on cron.job to public;
insert into cron.job values (1, '0 3 * * *', 'select dblink_exec(''host=x password=PLANTED-JOB-PASSWORD-8c41'', ''select 1'')', '127.0.0.1', 5432, 'app_dirty', 'app_user', true, 'load'),
 (2, '0 4 * * *', 'vacuum', '127.0.0.1', 5432, 'app_dirty', 'flaw_super', true, 'vacuum'), (3, '0 5 * * *', 'delete from session where token = old', '127.0.0.1', 5432, 'app_dirty', 'app_user', true, 'tidy');
set allow_system_table_mods = on;
insert into pg_extension(oid, extname, extowner, extnamespace, extrelocatable, extversion) values
 (4201, 'anon', 10, 'anon'::regnamespace, false, '2.5.1'), (4202, 'pg_cron', 10, 'cron'::regnamespace, false, 'stand-in');
insert into pg_seclabel(objoid, classoid, objsubid, provider, label) values
 ('app.customer'::regclass, 'pg_class'::regclass, 3, 'anon', 'MASKED WITH FUNCTION anon.fake_email()'),
 ('app.part_1'::regclass, 'pg_class'::regclass, 2, 'anon', 'MASKED WITH VALUE NULL');
insert into pg_shseclabel(objoid, classoid, provider, label) select oid, 1260, 'anon', 'MASKED' from pg_roles where rolname = 'flaw_masked';
reset allow_system_table_mods;
