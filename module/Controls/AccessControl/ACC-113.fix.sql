-- forward where relation_grant
revoke %K{privileges} on table %I{schema}.%I{relation} from public;
-- forward where sequence
revoke %K{privileges} on sequence %I{schema}.%I{relation} from public;
-- forward where column
revoke %K{privilege} (%I{column}) on table %I{schema}.%I{relation} from public;
-- undo where relation_grant
grant %K{privileges} on table %I{schema}.%I{relation} to public;
-- undo where sequence
grant %K{privileges} on sequence %I{schema}.%I{relation} to public;
-- undo where column
grant %K{privilege} (%I{column}) on table %I{schema}.%I{relation} to public;
