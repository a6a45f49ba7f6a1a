-- forward
revoke admin option for %I{role} from %I{member};
-- undo
grant %I{role} to %I{member} with admin option;
