-- The roles and the databases of a server that somebody looks after.
create role app_rw nologin;
create role labowner nologin;
create role labauditor login password '{password}' valid until '2099-01-01' connection limit 10 in role pg_monitor;
create database app_clean owner labowner;
revoke all on database postgres from public; grant connect on database postgres to labauditor;
revoke create on schema public from public;
