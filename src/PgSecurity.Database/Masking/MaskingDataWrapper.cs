using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Core.Remediation.Service;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// A masking data wrapper: tables of another database as foreign tables that nobody may read, and masking views over them.
/// Where anon is loaded the foreign tables get the rules as labels too. The plan is that of the other database.
/// </summary>
public static class MaskingDataWrapper
{
    /// <summary>Ends where a name is taken.</summary>
    /// <exception cref="MaskingException">It is.</exception>
    public static void DemandNamesFree(MaskingDatabase database, DataWrapperOptions options)
    {
        if (database.Scalar<bool>("select exists (select 1 from pg_foreign_server where srvname = @name)", ("name", options.Name)) == true)
            throw new MaskingException("NameTaken", options.Name, $"There is a foreign server '{options.Name}' already.", "Choose another -Name, or drop it first; it is not replaced.");
        if (SchemaExists(database, options.RawSchema))
            throw new MaskingException("NameTaken", options.RawSchema, $"There is a schema '{options.RawSchema}' already.", "Choose another -Name; the schema is not used.");
    }

    /// <summary>Makes server, user mapping, foreign tables and views, proves that they mask, and keeps all or nothing.</summary>
    /// <param name="database">The session.</param>
    /// <param name="plan">The plan of the other database.</param>
    /// <param name="options">What is wanted.</param>
    /// <param name="beforeCommit">Told of the changes right before they are kept.</param>
    /// <exception cref="MaskingException">The plan leaves a column undecided, a view does not mask, or a name is taken.</exception>
    /// <exception cref="DatabaseException">A server refuses a statement; nothing was changed.</exception>
    public static IReadOnlyList<MaskingChange> Create(MaskingDatabase database, MaskingPlan plan, DataWrapperOptions options, Action<MaskingCommit>? beforeCommit = null)
    {
        DemandNamesFree(database, options);
        return database.Change(Make, changes => changes, beforeCommit);

        IReadOnlyList<MaskingChange> Make()
        {
            List<string> undo = new();
            Import(database, plan, options, undo);
            IReadOnlyList<CatalogColumn> columns = ColumnCatalog.Read(database).Where(column => column.Name.Schema == options.RawSchema).ToList();
            if (columns.Count == 0)
                throw new MaskingException("TableNotFound", options.ForeignSchema, $"{options.Host}/{options.Database} shows no table of the plan in the schema '{options.ForeignSchema}'.", "Check names and plan, and that the role there may read the tables.");

            MaskingPlan local = Localized(plan, options);
            if (!SchemaExists(database, options.ViewSchema))
            {
                database.Write($"create schema {SqlName.Quote(options.ViewSchema)}");
                undo.Insert(0, $"drop schema {SqlName.Quote(options.ViewSchema)}");
            }

            List<MaskingChange> views = columns.Select(column => column.Name.Table).Distinct().Select(table => View(database, local, table, options)).ToList();
            IReadOnlyList<string> labels = Labels(database, local, columns);
            return views.Append(Summary(database, options, views, undo, labels)).ToList();
        }
    }

    private static void Import(MaskingDatabase database, MaskingPlan plan, DataWrapperOptions options, List<string> undo)
    {
        string server = SqlName.Quote(options.Name);
        string raw = SqlName.Quote(options.RawSchema);
        if (database.Scalar<bool>("select exists (select 1 from pg_extension where extname = 'postgres_fdw')") != true)
        {
            database.Write("create extension postgres_fdw schema public");
            undo.Insert(0, "drop extension postgres_fdw");
        }

        database.Write($"create server {server} foreign data wrapper postgres_fdw options ({ServerOptions(options)})");
        undo.Insert(0, $"drop server {server}");
        string mapping = $"user mapping for {SqlName.Quote(database.Text("select current_user::text")!)} server {server}";
        database.Write(
            $"create {mapping} options (user {Value(options.UserName)}, password {Value(options.Password)})",
            $"create {mapping} options (user {Value(options.UserName)}, password {SqlChange.SecretCover})");
        undo.Insert(0, $"drop {mapping}");
        database.Write($"create schema {raw}");
        undo.Insert(0, $"drop schema {raw}");
        IReadOnlyList<string> tables = options.Tables.Count > 0 ? options.Tables : plan.Decisions.Where(decision => decision.Column.Schema == options.ForeignSchema).Select(decision => decision.Column.Table).Distinct().ToList();
        if (tables.Count == 0)
            throw new MaskingException("NothingToMask", plan.File, $"The plan {plan.File} names no table of the schema '{options.ForeignSchema}'.", "Give the plan of the other database.");
        database.Write($"import foreign schema {SqlName.Quote(options.ForeignSchema)} limit to ({string.Join(", ", tables.Select(table => SqlName.Quote(table)))}) from server {server} into {raw}");
        foreach (string table in tables) undo.Insert(0, $"drop foreign table if exists {SqlName.Quote(options.RawSchema, table)}");
    }

    private static MaskingChange View(MaskingDatabase database, MaskingPlan plan, string table, DataWrapperOptions options)
    {
        MaskingViewPlan view = MaskingView.Prepare(
            database, plan, options.RawSchema, table, new MaskingViewOptions { Schema = options.ViewSchema, Name = table, Readers = options.Readers });
        if (view.IsThere) throw new MaskingException("NameTaken", view.ViewName, $"There is a view {view.ViewName} already.", "Choose another -ViewSchema; it is not replaced.");
        return MaskingView.CreateInside(database, view);
    }

    /// <summary>The plan of the other database, under the schema that its tables have here.</summary>
    private static MaskingPlan Localized(MaskingPlan plan, DataWrapperOptions options) => new(plan.File, plan.Decisions
        .Where(decision => decision.Column.Schema == options.ForeignSchema)
        .Select(decision => new MaskingDecision
        {
            Column = decision.Column with { Schema = options.RawSchema },
            Sensitive = decision.Sensitive,
            Category = decision.Category,
            Rule = decision.Rule,
            Type = decision.Type,
            DecidedBy = decision.DecidedBy,
            Reason = decision.Reason,
        }));

    private static List<string> Labels(MaskingDatabase database, MaskingPlan plan, IReadOnlyList<CatalogColumn> columns)
    {
        if (AnonExtension.Read(database) is not { IsLoaded: true, IsCreated: true }) return new List<string> { "anon is not in this database: the views mask, the foreign tables carry no labels" };
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(columns);
        List<string> refused = new();
        foreach (CatalogColumn column in columns)
        {
            if (plan.Of(column, byName)?.Rule is not { } rule) continue;
            if (database.Attempt(() => database.Write(new LabelChange(database, column, rule.Text, null).Statement)) is { } cause) refused.Add($"no label on {column.Name}: {cause.Message}");
        }

        return refused;
    }

    private static MaskingChange Summary(MaskingDatabase database, DataWrapperOptions options, List<MaskingChange> views, List<string> undo, IReadOnlyList<string> labels) => new()
    {
        Server = database.Target.Host,
        Database = database.Name,
        Kind = "DataWrapper",
        Target = options.Name,
        Status = "Changed",
        After = $"{options.Host}:{options.Port}/{options.Database} as {options.UserName}, sslmode {options.SslMode}; foreign tables in {options.RawSchema}, views in {options.ViewSchema}",
        Proof = views.Any(view => view.Proof == MaskProof.Partly) ? MaskProof.Partly : views.Any(view => view.Proof == MaskProof.Unknown) ? MaskProof.Unknown : MaskProof.Masked,
        Remarks = labels
            .Append("the statement with the password may be in the server's log where log_statement, pgaudit or pg_stat_statements record DDL; give the role over there no more than SELECT on these tables")
            .Concat(options.SslMode == "require" ? new[] { "sslmode require encrypts, but any server could answer in the other's name" } : Array.Empty<string>()).ToList(),
        UndoSql = Enumerable.Reverse(views).SelectMany(view => view.UndoSql).Concat(undo).ToList(),
    };

    private static string ServerOptions(DataWrapperOptions options)
    {
        string text = $"host {Value(options.Host)}, port {Value(options.Port.ToString(System.Globalization.CultureInfo.InvariantCulture))}, dbname {Value(options.Database)}, sslmode {Value(options.SslMode)}";
        return options.RootCertificate is { } roots ? $"{text}, sslrootcert {Value(roots)}" : text;
    }

    private static string Value(string text) => SqlName.Literal(text).Trim();

    private static bool SchemaExists(MaskingDatabase database, string schema) =>
        database.Scalar<bool>("select exists (select 1 from pg_namespace where nspname = @schema)", ("schema", schema)) == true;
}
