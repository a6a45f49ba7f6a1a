-- forward where disabled_trigger
alter table %I{schema}.%I{relation} enable trigger %I{name};
-- undo where disabled_trigger
alter table %I{schema}.%I{relation} disable trigger %I{name};
