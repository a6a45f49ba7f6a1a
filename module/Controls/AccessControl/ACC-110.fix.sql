-- forward
revoke create on schema %I{schema} from public;
-- undo
grant create on schema %I{schema} to public;
