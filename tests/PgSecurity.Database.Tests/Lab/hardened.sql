-- The same kinds of objects, made as they should be: the checks that look at a database are silent here.
revoke all on database app_clean from public; grant connect on database app_clean to app_rw, labauditor;
revoke create on schema public from public; alter schema public owner to labowner;
create schema app authorization labowner; grant usage on schema app to app_rw;
set role labowner;
alter default privileges revoke execute on functions from public;
create table app.orders(id int primary key, tenant_id int, amount numeric);
alter table app.orders enable row level security; alter table app.orders force row level security;
create policy tenant on app.orders using (tenant_id = (select 1 from pg_catalog.pg_roles where rolname = current_user));
grant select, insert, update on app.orders to app_rw;
create function app.total() returns numeric language sql security definer set search_path = pg_catalog, app, pg_temp as 'select sum(amount) from app.orders';
revoke execute on function app.total() from public; grant execute on function app.total() to app_rw;
reset role;
