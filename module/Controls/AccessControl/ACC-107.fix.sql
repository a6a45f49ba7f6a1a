-- forward where for_role, not in_database
alter role %I{for_role} reset %I{setting};
-- forward where for_role, in_database
alter role %I{for_role} in database %I{in_database} reset %I{setting};
-- forward where not for_role, in_database
alter database %I{in_database} reset %I{setting};
-- undo where value, for_role, not in_database
alter role %I{for_role} set %I{setting} = %L{value};
-- undo where value, for_role, in_database
alter role %I{for_role} in database %I{in_database} set %I{setting} = %L{value};
-- undo where value, not for_role, in_database
alter database %I{in_database} set %I{setting} = %L{value};
