using System.Linq;

namespace PgSecurity.Database.Tests.Masking;

/// <summary>What fills the lab of masking.</summary>
internal static class MaskingLabSql
{
    /// <summary>Before 14 there is no <c>pg_read_all_data</c>: there the role that reads everything is a superuser.</summary>
    public const string Roles = """
        create role shopowner login password '{password}';
        create role clerk login password '{password}';
        create role clerks nologin;
        create role member login password '{password}' in role clerks;
        create role stepper login noinherit password '{password}' in role clerks;
        create role everything login password '{password}';
        do $$ begin if current_setting('server_version_num')::int >= 140000 then grant pg_read_all_data to everything; else alter role everything superuser; end if; end $$;
        create role viewer login password '{password}';
        create role caller login password '{password}';
        create role nobody_at_all login password '{password}';
        create role masked_one login password '{password}';
        grant clerk, viewer, masked_one, nobody_at_all to shopowner;
        """;

    /// <summary>Stand-ins for functions of PostgreSQL Anonymizer, with its names and results.</summary>
    public const string Anon = """
        create schema anon;
        create function anon.partial_email(e text) returns text language sql immutable as $$ select substring(e, 1, 2) || '******@' || substring(split_part(e, '@', 2), 1, 2) || '******.' || reverse(split_part(reverse(e), '.', 1)) $$;
        create function anon.partial(v text, prefix int, padding text, suffix int) returns text language sql immutable as $$ select substring(v, 1, prefix) || padding || right(v, suffix) $$;
        create function anon.dummy_name() returns text language sql volatile as $$ select 'Name ' || substr(md5(random()::text), 1, 12) $$;
        create function anon.same(v text) returns text language sql immutable as $$ select v $$;
        grant usage on schema anon to public;
        """;

    public const string Shop = """
        create table public.customer (id int primary key, email text not null, full_name text, phone text, "Größe" numeric, notes text, "we""ird'; col" text);
        insert into public.customer values
          (1, 'anna@example.org', 'Anna Berg', '+49301234567', 170, 'calls often', 'x'),
          (2, 'bob@example.net', 'Bob Stone', '+12025550123', 180, null, 'y'),
          (3, 'carl@example.com', null, null, 190, 'vip', null);
        create schema hr;
        create table hr.employee (id int primary key, salary numeric(10,2), iban varchar(34), customer_email text);
        insert into hr.employee values (1, 5000, 'DE89370400440532013000', 'anna@example.org');
        create table public.visit (id int, client_ip inet, at date) partition by range (at);
        create table public.visit_2025 partition of public.visit for values from ('2025-01-01') to ('2026-01-01');
        create table public.visit_2026 partition of public.visit for values from ('2026-01-01') to ('2027-01-01');
        insert into public.visit values (1, '198.51.100.7', '2025-05-05'), (2, '198.51.100.8', '2026-05-05');
        create table public.product (id int primary key, title text);
        insert into public.product values (1, 'lamp'), (2, 'desk');
        create view public.mails as select id, email from public.customer;
        create view public.mails2 as select email as contact from public.mails;
        create function public.mail_of(int) returns text language sql security definer set search_path = pg_catalog as $$ select email from public.customer where id = $1 $$;
        revoke all on function public.mail_of(int) from public;
        grant select on public.customer to clerk, clerks, masked_one;
        grant select on public.mails2 to viewer;
        grant execute on function public.mail_of(int) to caller;
        grant select on public.visit to clerk;
        grant select on public.product to clerk, nobody_at_all;
        """;

    /// <summary>What <c>SECURITY LABEL FOR anon</c> leaves in the catalogs.</summary>
    public const string Labels = """
        set allow_system_table_mods = on;
        insert into pg_seclabel (objoid, classoid, objsubid, provider, label)
          select 'public.customer'::regclass, 'pg_class'::regclass, attnum, 'anon', 'MASKED WITH FUNCTION anon.partial_email(email)' from pg_attribute where attrelid = 'public.customer'::regclass and attname = 'email';
        insert into pg_seclabel (objoid, classoid, objsubid, provider, label)
          select 'public.customer'::regclass, 'pg_class'::regclass, attnum, 'anon', 'NOT MASKED' from pg_attribute where attrelid = 'public.customer'::regclass and attname = 'phone';
        insert into pg_shseclabel (objoid, classoid, provider, label) select oid, 'pg_authid'::regclass, 'anon', 'MASKED' from pg_roles r where rolname = 'masked_one' and not exists (select 1 from pg_shseclabel s where s.objoid = r.oid and s.provider = 'anon');
        """;

    public static readonly string[] Decisions = new[]
    {
        Not("public", "customer", "id"),
        Yes("public", "customer", "email", "MASKED WITH FUNCTION anon.partial_email(email)"),
        Yes("public", "customer", "full_name", "MASKED WITH FUNCTION anon.dummy_name()"),
        Yes("public", "customer", "phone", "MASKED WITH FUNCTION anon.partial(phone,2,$$******$$,2)"),
        Not("public", "customer", "Größe"),
        Yes("public", "customer", "notes", "MASKED WITH VALUE 'CONFIDENTIAL'"),
        Yes("public", "customer", "we\\\"ird'; col", "MASKED WITH VALUE NULL"),
        Not("hr", "employee", "id"),
        Yes("hr", "employee", "salary", "MASKED WITH VALUE 0"),
        Yes("hr", "employee", "iban", "MASKED WITH FUNCTION anon.partial(iban,2,$$********$$,2)"),
        Yes("hr", "employee", "customer_email", "MASKED WITH FUNCTION anon.partial_email(customer_email)"),
        Not("public", "visit", "id"),
        Yes("public", "visit", "client_ip", "MASKED WITH VALUE NULL"),
        Not("public", "visit", "at"),
        Not("public", "product", "id"),
        Not("public", "product", "title"),
    };

    private static string Not(string schema, string table, string column) =>
        $$"""{ "schema": "{{schema}}", "table": "{{table}}", "column": "{{column}}", "sensitive": false }""";

    private static string Yes(string schema, string table, string column, string rule) =>
        $$"""{ "schema": "{{schema}}", "table": "{{table}}", "column": "{{column}}", "sensitive": true, "rule": "{{rule}}" }""";
}
