-- forward
revoke create on schema %I{schema} from %R{grantee};
-- undo
grant create on schema %I{schema} to %R{grantee};
