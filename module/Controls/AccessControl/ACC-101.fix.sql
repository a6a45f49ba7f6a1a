-- forward
alter role %I{role} nosuperuser;
-- undo
alter role %I{role} superuser;
