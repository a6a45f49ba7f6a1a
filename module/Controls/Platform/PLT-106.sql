-- type: PgSecurity/versionStates
-- scope: server
-- names: major_version
select v.major as major_version, current_setting('server_version') as version, e.ends::text as supported_until, case when e.ends is null then jsonb_build_object('$unknown', 'the end of support of this version is not known to this release of PgSecurity') else to_jsonb(e.ends >= current_date) end as supported, e.ends is not null as known,
  format('PostgreSQL %s, supported by its community until %s', current_setting('server_version'), coalesce(e.ends::text, 'a date that this release does not know')) as summary
from (select current_setting('server_version_num')::int / 10000 as major) v left join (values (9, date '2021-11-11'), (10, '2022-11-10'), (11, '2023-11-09'), (12, '2024-11-21'), (13, '2025-11-13'), (14, '2026-11-12'), (15, '2027-11-11'), (16, '2028-11-09'), (17, '2029-11-08'), (18, '2030-11-14')) e(major, ends) on e.major = v.major
