-- forward where loaded, not created
create extension pgaudit;
-- undo where loaded, not created
drop extension pgaudit;
