-- type: PgSecurity/replicationSlots
-- scope: server
-- names: slot
select slot_name as slot, slot_type as kind, plugin, database as in_database, active, wal_status, pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, restart_lsn)::bigint as retained_bytes,
  format('slot %s (%s) is %s and keeps %s of WAL', slot_name, slot_type, case when active then 'in use' else 'idle' end,
    coalesce(pg_size_pretty(pg_wal_lsn_diff(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end, restart_lsn)), 'nothing')) as summary
from pg_replication_slots order by active, 1
