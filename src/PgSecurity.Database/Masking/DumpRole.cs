using System.Linq;

namespace PgSecurity.Database.Masking;

/// <summary>The login of a session as one that dumps: whether what it reads is masked.</summary>
internal sealed class DumpRole
{
    private const string State = """
        select r.rolsuper,
          exists (select 1 from pg_shseclabel l where l.classoid = 'pg_authid'::regclass and l.objoid = r.oid and l.provider = 'anon' and l.label ~* '^\s*MASKED'),
          coalesce(current_setting('anon.transparent_dynamic_masking', true), '') in ('on', 'true')
            and exists (select 1 from pg_settings where name = 'anon.transparent_dynamic_masking'),
          (select extversion from pg_extension where extname = 'anon')
        from pg_roles r where r.rolname = current_user
        """;

    private readonly bool _isSuperuser;
    private readonly bool _isMasked;
    private readonly bool _isTransparent;
    private readonly string? _version;

    private DumpRole(bool isSuperuser, bool isMasked, bool isTransparent, string? version)
    {
        _isSuperuser = isSuperuser;
        _isMasked = isMasked;
        _isTransparent = isTransparent;
        _version = version;
    }

    public static DumpRole Read(MaskingDatabase database) => database.Query(
        State, row => new DumpRole(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.IsDBNull(3) ? null : row.GetString(3))).Single();

    /// <summary>Why a column that the role may read comes unmasked; null where it is masked.</summary>
    public string? WhyRaw(CatalogColumn column, MaskingRule rule)
    {
        if (_isSuperuser) return "a superuser is never masked";
        if (_version is null) return "the extension anon is not in the database";
        if (!IsSafeToDump(_version)) return $"anon {_version} lets pg_dump read unmasked; 2.2 closed that";
        if (!_isMasked) return "the role is not labelled MASKED";
        if (!_isTransparent) return "transparent masking is off for the role";
        if (!column.HasRule) return "no rule is declared on it";
        return column.Label!.Trim() == rule.Text ? null : "the rule that is declared is not the plan's";
    }

    /// <summary>Before 2.2 a dump with INSERT or a cursor was not masked (the extension's NEWS of 2.2).</summary>
    private static bool IsSafeToDump(string version) => System.Version.TryParse(version, out System.Version? number) && number >= new System.Version(2, 2);
}
