-- forward
alter role %I{role} nobypassrls;
-- undo
alter role %I{role} bypassrls;
