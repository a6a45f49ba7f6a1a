-- forward
revoke execute on routine %F{signature} from public;
-- undo
grant execute on routine %F{signature} to public;
