-- Roles that somebody lets in as they come.
create role labauditor login password '{password}' in role pg_monitor;
create role flaw_plain login replication password '{password}';
create role flaw_blind login password '{password}';
