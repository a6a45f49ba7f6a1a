-- forward where not sequence
revoke grant option for %K{privileges} on table %I{schema}.%I{relation} from %R{grantee};
-- forward where sequence
revoke grant option for %K{privileges} on sequence %I{schema}.%I{relation} from %R{grantee};
-- undo where not sequence
grant %K{privileges} on table %I{schema}.%I{relation} to %R{grantee} with grant option;
-- undo where sequence
grant %K{privileges} on sequence %I{schema}.%I{relation} to %R{grantee} with grant option;
