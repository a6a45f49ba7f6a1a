-- forward where loaded, not created
create extension pgaudit schema public;
-- undo where loaded, not created
drop extension pgaudit;
