-- type: PgSecurity/subscriptions
-- scope: server
-- names: subscription
select s.subname as subscription, format('subscription %s keeps a connection string with its password in the catalog', s.subname) as summary from (select distinct subname from pg_stat_subscription) s order by 1
