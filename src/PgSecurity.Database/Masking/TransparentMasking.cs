namespace PgSecurity.Database.Masking;

/// <summary>Whether anon's transparent masking is on for a role: what is set for role and database, role, database, server, in this order.</summary>
internal static class TransparentMasking
{
    /// <summary>The setting's name.</summary>
    internal const string Setting = "anon.transparent_dynamic_masking";

    /// <summary>An expression, true where it is on for the role <c>r</c> of <c>pg_roles</c> when it logs in.</summary>
    internal const string EffectiveFor = """
        (coalesce(
          (select split_part(c, '=', 2) from pg_db_role_setting s cross join lateral unnest(s.setconfig) c where s.setrole = r.oid and s.setdatabase = (select oid from pg_database where datname = current_database()) and c like 'anon.transparent\_dynamic\_masking=%'),
          (select split_part(c, '=', 2) from pg_db_role_setting s cross join lateral unnest(s.setconfig) c where s.setrole = r.oid and s.setdatabase = 0 and c like 'anon.transparent\_dynamic\_masking=%'),
          (select split_part(c, '=', 2) from pg_db_role_setting s cross join lateral unnest(s.setconfig) c where s.setrole = 0 and s.setdatabase = (select oid from pg_database where datname = current_database()) and c like 'anon.transparent\_dynamic\_masking=%'),
          (select reset_val from pg_settings where name = 'anon.transparent_dynamic_masking'), 'off') ~* '^(on|true|yes|1|t)$'
         and exists (select 1 from pg_settings where name = 'anon.transparent_dynamic_masking'))
        """;
}
