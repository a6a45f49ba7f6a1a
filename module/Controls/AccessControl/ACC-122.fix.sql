-- forward where set_grant
revoke set on parameter %I{parameter} from %R{grantee};
-- forward where not set_grant
revoke alter system on parameter %I{parameter} from %R{grantee};
-- undo where set_grant
grant set on parameter %I{parameter} to %R{grantee};
-- undo where not set_grant
grant alter system on parameter %I{parameter} to %R{grantee};
