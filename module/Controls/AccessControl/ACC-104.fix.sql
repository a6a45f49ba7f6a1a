-- forward
alter role %I{role} connection limit %D{roleConnectionLimit};
-- undo
alter role %I{role} connection limit -1;
