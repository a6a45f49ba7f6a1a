-- forward where direct
revoke %I{predefined} from %I{role};
-- undo where admin_option
grant %I{predefined} to %I{role} with admin option;
-- undo where not admin_option
grant %I{predefined} to %I{role};
