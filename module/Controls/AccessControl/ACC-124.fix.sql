-- forward where signature
revoke %K{privileges} on routine %F{signature} from %R{grantee};
-- forward where relation
revoke %K{privileges} on table pg_catalog.%I{relation} from %R{grantee};
-- undo where signature
grant %K{privileges} on routine %F{signature} to %R{grantee};
-- undo where relation
grant %K{privileges} on table pg_catalog.%I{relation} to %R{grantee};
