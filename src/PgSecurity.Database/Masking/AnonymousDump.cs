using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// An anonymous dump: <c>pg_dump</c> as a masked role. It is refused wherever the role could read one sensitive value
/// unmasked: a rule that does not take effect gives raw data under the name of anonymous ones.
/// </summary>
public static class AnonymousDump
{
    private const string Readable = """
        select has_column_privilege(current_user, @relation::oid, @number::int2, 'SELECT') and has_schema_privilege(current_user, (select relnamespace from pg_class where oid = @relation::oid), 'USAGE')
        """;

    /// <summary>Checks that the login of the session would dump no sensitive value unmasked.</summary>
    /// <exception cref="MaskingException">It could, or it is not known that it could not.</exception>
    public static IReadOnlyList<string> DemandMasked(MaskingDatabase database, MaskingPlan plan, AnonymousDumpOptions options)
    {
        IReadOnlyList<CatalogColumn> all = ColumnCatalog.Read(database);
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(all);
        List<CatalogColumn> columns = all.Where(column => column.Kind is 'r' or 'p' && IsChosen(column, options)).ToList();
        DemandFound(all, options);
        PlanCheck check = new(plan, all, columns.Contains);
        check.Demand(plan.File, allowUndecided: false);

        DumpRole role = DumpRole.Read(database);
        List<string> raw = new();
        List<string> closed = new();
        foreach (CatalogColumn column in columns.Where(column => column.Kind == 'r'))
        {
            bool canRead = database.Scalar<bool>(Readable, ("relation", column.Relation), ("number", column.Number)) == true;
            if (!canRead) closed.Add(column.Name.ToString());
            else if (plan.Of(column, byName) is { Sensitive: true } decision && role.WhyRaw(column, decision.Rule!) is { } why) raw.Add($"{column.Name} ({why})");
        }

        if (raw.Count > 0)
            throw new MaskingException("RawDataReadable", database.Target.UserName, $"The role '{database.Target.UserName}' reads sensitive values unmasked, so its dump would hold them: {PlanCheck.Listed(raw)}.", "Dump as a role that is labelled MASKED, on a server where transparent masking is on for it (Azure documents it as read-only off); or leave the tables out with -ExcludeTable; or restore a copy, mask it with Invoke-PgStaticMasking, and dump that.");
        if (closed.Count > 0)
            throw new MaskingException("TableNotReadable", database.Target.UserName, $"The role '{database.Target.UserName}' may not read {PlanCheck.Listed(closed)}: pg_dump would fail.", "Grant SELECT on the tables (not pg_read_all_data, which opens password hashes too), or leave them out with -ExcludeTable.");
        return check.Remarks.Where(remark => columns.Any(column => remark.IndexOf(column.Name.ToString(), StringComparison.Ordinal) >= 0)).ToList();
    }

    /// <summary>Proves, by a login that sees the originals, that what the role would dump is masked.</summary>
    /// <returns>The verdict: <c>Masked</c>; empty where no sensitive column is dumped.</returns>
    /// <exception cref="MaskingException">A column gives original values, or it cannot be proved that it does not.</exception>
    public static string DemandProof(MaskingDatabase prover, string role, MaskingPlan plan, AnonymousDumpOptions options)
    {
        IReadOnlyList<CatalogColumn> all = ColumnCatalog.Read(prover);
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(all);
        List<CatalogColumn> sensitive = all.Where(column => column.Kind == 'r' && IsChosen(column, options) && plan.Of(column, byName) is { Sensitive: true }).ToList();
        IReadOnlyList<MaskProof> proofs = prover.InTransaction(keep: false, () => MaskedRole.Prove(prover, MaskedRole.Read(prover, role), sensitive));
        List<string> unproved = proofs.Where(proof => proof.Verdict != MaskProof.Masked && !(proof.Verdict == MaskProof.Unknown && proof.IsEmpty)).SelectMany(proof => proof.Remarks).ToList();
        if (unproved.Count > 0)
            throw new MaskingException("MaskNotProved", role, $"It is not proved that '{role}' reads masked values only: {PlanCheck.Listed(unproved)}.", "See Set-PgMaskedRole for what prevents the mask; nothing was dumped.");
        return sensitive.Count == 0 ? "" : MaskProof.Masked;
    }

    /// <summary>Runs <c>pg_dump</c> and gives the finished file its name.</summary>
    /// <exception cref="MaskingException">The program is missing, too old, or fails; no file is left then.</exception>
    public static MaskingChange Run(MaskingDatabase database, AnonymousDumpOptions options, IReadOnlyList<string> remarks, string proof, CancellationToken stop)
    {
        if (File.Exists(options.Path)) throw new MaskingException("FileExists", options.Path, $"There is a file '{options.Path}' already.", "Choose another name; it is not written over.");
        int version = Version(options.Program, stop);
        if (version < database.MajorVersion)
            throw new MaskingException("PgDumpTooOld", options.Program, $"{options.Program} is of version {version}, the server of {database.MajorVersion}: it would refuse.", "Install the client programs of the server's version or a later one, or name them with -PgDump.");

        string part = options.Path + ".partial";
        try
        {
            Create(part);
            ProgramResult result = ProgramRun.Of(options.Program, Arguments(database, options, version, part), Environment(database, version, stop), stop);
            if (result.ExitCode != 0)
                throw new MaskingException("PgDumpFailed", options.Path, $"pg_dump ended with {result.ExitCode}: {SecretText.Mask(result.Errors.Trim())}", "See what pg_dump says. No file was kept.");
            File.Move(part, options.Path);
        }
        finally
        {
            if (File.Exists(part)) File.Delete(part);
        }

        return new MaskingChange
        {
            Server = database.Target.Host,
            Database = database.Name,
            Kind = "AnonymousDump",
            Target = options.Path,
            Status = "Changed",
            After = $"{new FileInfo(options.Path).Length.ToString(CultureInfo.InvariantCulture)} bytes",
            Proof = proof,
            Remarks = remarks.Append("Large objects and foreign tables' rows are left out; definitions (comments, defaults, functions, checks) are as they are.").ToList(),
        };
    }

    private static bool IsChosen(CatalogColumn column, AnonymousDumpOptions options)
    {
        string table = $"{column.Name.Schema}.{column.Name.Table}";
        return (options.Tables.Count == 0 || options.Tables.Contains(table)) && !options.ExcludedTables.Contains(table);
    }

    private static void DemandFound(IReadOnlyList<CatalogColumn> columns, AnonymousDumpOptions options)
    {
        HashSet<string> tables = new(columns.Select(column => $"{column.Name.Schema}.{column.Name.Table}"), StringComparer.Ordinal);
        List<string> missing = options.Tables.Concat(options.ExcludedTables).Where(table => !tables.Contains(table)).ToList();
        if (missing.Count > 0)
            throw new MaskingException("TableNotFound", missing[0], $"There is no table {string.Join(", ", missing)}.", "Write schema.table as the catalog has them, with their capitals.");
    }

    private static List<string> Arguments(MaskingDatabase database, AnonymousDumpOptions options, int version, string part)
    {
        List<string> arguments = new()
        {
            "--no-password", "--no-security-labels", "--no-blobs", "--no-owner", "--lock-wait-timeout=10s",
            $"--format={options.Format}", $"--file={part}",
        };
        if (version >= 18) arguments.Add("--no-statistics");
        arguments.AddRange(options.Tables.Select(table => "--table=" + Pattern(table)));
        arguments.AddRange(options.ExcludedTables.Select(table => "--exclude-table=" + Pattern(table)));
        List<string> extensions = database.Query("select extname from pg_extension order by 1", row => row.GetString(0));
        if (options.Tables.Count == 0 && extensions.Contains("anon"))
        {
            if (version >= 17) arguments.Add("--exclude-extension=anon");
            else if (version >= 14) arguments.AddRange(extensions.Where(name => name != "anon").Select(name => "--extension=" + Quoted(name)));
        }

        return arguments;
    }

    /// <summary>A pattern of pg_dump that is met by one table only: quotes turn wildcards and capitals into what they say.</summary>
    private static string Pattern(string table)
    {
        string[] names = table.Split(new[] { '.' }, 2);
        return string.Join(".", names.Select(Quoted));
    }

    private static string Quoted(string name) => SqlName.Quote(name);

    private static Dictionary<string, string?> Environment(MaskingDatabase database, int version, CancellationToken stop) => new()
    {
        ["PGHOST"] = database.Target.Host,
        ["PGHOSTADDR"] = null,
        ["PGPORT"] = database.Target.Port.ToString(CultureInfo.InvariantCulture),
        ["PGDATABASE"] = database.Name,
        ["PGUSER"] = database.Target.UserName,
        ["PGPASSWORD"] = database.Target.Password(stop).GetAwaiter().GetResult(),
        ["PGSSLMODE"] = "verify-full",
        ["PGSSLROOTCERT"] = TrustedRoots.FileFor(database.Target) ?? (version >= 16 ? "system" : null),
        ["PGSERVICE"] = null,
        ["PGOPTIONS"] = null,
        ["PGPASSFILE"] = null,
        ["PGAPPNAME"] = "PgSecurity",
        ["PGCONNECT_TIMEOUT"] = "15",
    };

    private static int Version(string program, CancellationToken stop)
    {
        ProgramResult result = ProgramRun.Of(program, new[] { "--version" }, new Dictionary<string, string?>(), stop);
        Match match = Regex.Match(result.Output, @"\(PostgreSQL\)\s+(\d+)", RegexOptions.CultureInvariant);
        return result.ExitCode == 0 && match.Success
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new MaskingException("PgDumpMissing", program, $"'{program}' does not say that it is pg_dump.", "Install PostgreSQL's client programs, or name pg_dump with -PgDump.");
    }

    /// <summary>An empty file that only its owner can read, before anything is written to it.</summary>
    private static void Create(string path)
    {
        try
        {
#if NET8_0_OR_GREATER
            FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using FileStream file = new(path, options);
#else
            using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write);
#endif
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new MaskingException("FileNotWritable", path, $"The file '{path}' cannot be written: {cause.Message}", "Choose a folder that is there and may be written to.", cause);
        }
    }
}
