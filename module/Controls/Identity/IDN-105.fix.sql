-- forward
alter role %I{role} valid until %L{proposed_valid_until};
-- undo
alter role %I{role} valid until 'infinity';
