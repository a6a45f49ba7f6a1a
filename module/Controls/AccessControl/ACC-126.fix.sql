-- forward
revoke %K{privileges} on table %I{schema}.%I{relation} from %R{grantee};
-- undo
grant %K{privileges} on table %I{schema}.%I{relation} to %R{grantee};
