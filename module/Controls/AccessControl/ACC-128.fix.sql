-- forward
alter table %I{schema}.%I{table} force row level security;
-- undo
alter table %I{schema}.%I{table} no force row level security;
