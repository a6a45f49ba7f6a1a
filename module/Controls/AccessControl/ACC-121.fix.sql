-- forward where can_invoke
alter view %I{schema}.%I{view} set (security_invoker = on);
-- undo where can_invoke
alter view %I{schema}.%I{view} reset (security_invoker);
