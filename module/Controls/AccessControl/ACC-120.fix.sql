-- forward
revoke %K{privileges} on large object %D{large_object} from %R{grantee};
-- undo
grant %K{privileges} on large object %D{large_object} to %R{grantee};
