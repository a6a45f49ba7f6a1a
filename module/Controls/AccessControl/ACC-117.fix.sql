-- forward where schema
alter default privileges for role %I{for_role} in schema %I{schema} revoke %K{privileges} on %K{object_kind} from %R{grantee};
-- forward where not schema
alter default privileges for role %I{for_role} revoke %K{privileges} on %K{object_kind} from %R{grantee};
-- undo where schema, not grantable
alter default privileges for role %I{for_role} in schema %I{schema} grant %K{privileges} on %K{object_kind} to %R{grantee};
-- undo where not schema, not grantable
alter default privileges for role %I{for_role} grant %K{privileges} on %K{object_kind} to %R{grantee};
-- undo where schema, grantable
alter default privileges for role %I{for_role} in schema %I{schema} grant %K{privileges} on %K{object_kind} to %R{grantee} with grant option;
-- undo where not schema, grantable
alter default privileges for role %I{for_role} grant %K{privileges} on %K{object_kind} to %R{grantee} with grant option;
