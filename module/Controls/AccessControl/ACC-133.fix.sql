-- forward
alter role %I{role} nologin;
-- undo
alter role %I{role} login;
