-- forward
alter routine %F{signature} set search_path = pg_catalog, %I{schema}, pg_temp;
-- undo where not search_path
alter routine %F{signature} reset search_path;
-- undo where search_path
alter routine %F{signature} set search_path = %N{search_path_list};
