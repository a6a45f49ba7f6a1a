-- forward
alter table %I{schema}.%I{table} enable row level security;
-- undo
alter table %I{schema}.%I{table} disable row level security;
