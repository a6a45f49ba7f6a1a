-- forward
revoke temporary on database %I{database} from public;
-- undo
grant temporary on database %I{database} to public;
