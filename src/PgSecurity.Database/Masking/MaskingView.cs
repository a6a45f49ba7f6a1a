using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Masking views: a view over a table with the plan's rules in place of its sensitive columns. Needs no anon library, only
/// the functions that the rules call, and takes effect everywhere, Azure included.
/// </summary>
public static class MaskingView
{
    internal const string Mark = "Masking view by PgSecurity";

    private const string ViewState = """
        select c.relkind::text, pg_get_viewdef(c.oid), coalesce(obj_description(c.oid, 'pg_class'), ''), coalesce(c.reloptions::text, '')
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = @schema and c.relname = @name
        """;

    private const string Direct = """
        select distinct case g.grantee when 0 then 'PUBLIC' else pg_get_userbyid(g.grantee)::text end
        from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral aclexplode(c.relacl) g
        where n.nspname = @schema and c.relname = @name and g.privilege_type = 'SELECT' and g.grantee <> c.relowner
        """;

    /// <summary>The tables of a plan that have sensitive columns, as <c>schema.table</c> pairs, without partitions of other tables.</summary>
    public static IReadOnlyList<(string Schema, string Table)> Tables(MaskingDatabase database, MaskingPlan plan)
    {
        IReadOnlyList<CatalogColumn> columns = ColumnCatalog.Read(database);
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(columns);
        return columns.Where(column => column.Parent is null && plan.Of(column, byName) is { Sensitive: true })
            .Select(column => (column.Name.Schema, column.Name.Table)).Distinct().ToList();
    }

    /// <summary>Plans the view of one table: nothing is changed.</summary>
    /// <exception cref="MaskingException">The table is not there, the plan does not cover it, or something else has the view's name.</exception>
    public static MaskingViewPlan Prepare(MaskingDatabase database, MaskingPlan plan, string schema, string table, MaskingViewOptions options)
    {
        IReadOnlyList<CatalogColumn> all = ColumnCatalog.Read(database);
        List<CatalogColumn> columns = all.Where(column => column.Name.Schema == schema && column.Name.Table == table).ToList();
        string target = $"{schema}.{table}";
        if (columns.Count == 0) throw new MaskingException("TableNotFound", target, $"There is no table {target} in the database '{database.Name}' that this role can see.", "Write schema and table as the catalog has them, with their capitals.");

        PlanCheck check = new(plan, all, column => column.Name.Schema == schema && column.Name.Table == table);
        check.Demand(plan.File, allowUndecided: false);
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(all);
        List<(CatalogColumn Column, MaskingRule? Rule)> outputs = columns.Select(column => (column, plan.Of(column, byName)!.Rule)).ToList();
        List<string> broken = outputs.Where(output => output.Rule is not null).SelectMany(output => TrustedFunctions.Problems(database, output.Rule!, needTrust: false)).Distinct().ToList();
        if (broken.Count > 0) throw new MaskingException("FunctionMissing", target, $"The rules for {target} cannot be used: {PlanCheck.Listed(broken)}.", "Create the extension anon in the database, or use rules whose functions are there.");

        string query = Query(outputs, schema, table);
        string view = options.NameFor(schema, table);
        return new MaskingViewPlan(
            database.Target.Host, database.Name, schema, table, options, view, query,
            outputs.Where(output => output.Rule is not null).Select(output => output.Column.Name.Column).ToList(),
            Existing(database, options.Schema, view, query),
            database.Query(Direct, row => row.GetString(0), ("schema", schema), ("name", table)),
            check.Remarks.Where(remark => remark.StartsWith(target + ".", StringComparison.Ordinal)).ToList(),
            database.Scalar<bool>("select exists (select 1 from pg_namespace where nspname = @schema)", ("schema", options.Schema)) == true);
    }

    /// <summary>Makes the view, gives it to its readers, and proves on the server that it masks; then keeps it all, or nothing.</summary>
    /// <param name="database">The session.</param>
    /// <param name="plan">The view.</param>
    /// <param name="beforeCommit">Told of the change right before it is kept.</param>
    /// <exception cref="MaskingException">The view gives original values.</exception>
    /// <exception cref="DatabaseException">The server refuses a statement; nothing was changed.</exception>
    public static MaskingChange Create(MaskingDatabase database, MaskingViewPlan plan, Action<MaskingCommit>? beforeCommit = null) =>
        database.Change(() => CreateInside(database, plan), result => new[] { result }, beforeCommit);

    /// <summary>The same, inside a transaction that is under way.</summary>
    internal static MaskingChange CreateInside(MaskingDatabase database, MaskingViewPlan plan)
    {
        foreach (string statement in plan.Statements) database.Write(statement);
        List<MaskProof> proofs = plan.MaskedColumns.Select(column => MaskProof.OfView(database, plan, column)).ToList();
        List<string> bare = proofs.Where(proof => proof.Verdict == MaskProof.NotMasked).Select(proof => proof.Column).ToList();
        if (bare.Count > 0)
            throw new MaskingException("ViewDoesNotMask", plan.ViewName, $"The view {plan.ViewName} gives every original value of {string.Join(", ", bare)}; it was not kept.", "Choose rules that change the values.");
        return plan.Result("Changed", proofs);
    }

    private static string Query(List<(CatalogColumn Column, MaskingRule? Rule)> outputs, string schema, string table) =>
        "select " + string.Join(", ", outputs.Select(output => Output(output.Column, output.Rule))) + $" from {SqlName.Quote(schema, table)} t";

    private static string Output(CatalogColumn column, MaskingRule? rule)
    {
        string name = SqlName.Quote(column.Name.Column);
        return rule is null ? $"t.{name}" : $"{rule.Expression(column.Type, read => "t." + SqlName.Quote(read))} as {name}";
    }

    /// <summary>
    /// What has the name now. A view is ours and unchanged only if the server writes both queries alike; its comment alone
    /// would not tell, since a view can be replaced under its comment.
    /// </summary>
    private static ExistingView Existing(MaskingDatabase database, string schema, string view, string query)
    {
        (string Kind, string Query, string Comment, string Options)? found = database
            .Query(ViewState, row => ((string, string, string, string)?)(row.GetString(0), row.IsDBNull(1) ? "" : row.GetString(1), row.GetString(2), row.GetString(3)), ("schema", schema), ("name", view))
            .FirstOrDefault();
        if (found is not { } old) return ExistingView.None;
        if (old.Kind != "v" || !old.Comment.StartsWith(Mark, StringComparison.Ordinal))
            throw new MaskingException("NameTaken", $"{schema}.{view}", $"{schema}.{view} is there already and is no masking view of ours.", "Choose another -ViewSchema or -ViewName; it is not replaced.");
        string now = database.InTransaction(keep: false, () =>
        {
            database.Execute($"create temporary view masking_comparison as {query}");
            return database.Text("select pg_get_viewdef('pg_temp.masking_comparison'::regclass)")!;
        });
        bool isSame = now == old.Query && old.Options.IndexOf("security_barrier=true", StringComparison.Ordinal) >= 0;
        return new ExistingView(old.Query.TrimEnd().TrimEnd(';'), isSame);
    }
}
