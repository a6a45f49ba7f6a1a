using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Static masking: the plan's rules take the place of the values, for good. All tables are masked in one transaction; the
/// server counts in it the values that stayed the same, and nothing is kept if some did.
/// </summary>
public static class StaticMasking
{
    private const string Triggers = """
        select n.nspname, c.relname, string_agg(t.tgname::text, ', ' order by t.tgname) from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        where not t.tgisinternal and t.tgenabled <> 'D' and (t.tgtype & 16) <> 0 group by 1, 2
        union all
        select n.nspname, c.relname, 'rule ' || string_agg(r.rulename::text, ', ' order by r.rulename) from pg_rewrite r join pg_class c on c.oid = r.ev_class join pg_namespace n on n.oid = c.relnamespace
        where r.ev_type = '2' and r.ev_enabled <> 'D' group by 1, 2
        """;

    private const string Copies = """
        with recursive v(oid, depth) as (
          select w.ev_class, 1 from pg_depend d join pg_rewrite w on w.oid = d.objid where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = any (@relations::int8[]::oid[]) and w.ev_class <> d.refobjid
          union select w.ev_class, depth + 1 from v join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and d.refobjid = v.oid join pg_rewrite w on w.oid = d.objid and w.ev_class <> d.refobjid where depth < 20)
        select n.nspname, c.relname from v join pg_class c on c.oid = v.oid join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'm' and c.relispopulated group by 1, 2 order by max(v.depth), 1, 2
        """;

    /// <summary>Plans the run: nothing is changed.</summary>
    /// <exception cref="MaskingException">The plan does not cover the database or does not fit it.</exception>
    public static StaticMaskingPlan Prepare(MaskingDatabase database, MaskingPlan plan, StaticMaskingOptions options)
    {
        IReadOnlyList<CatalogColumn> columns = ColumnCatalog.Read(database);
        Dictionary<ColumnName, CatalogColumn> byName = ColumnCatalog.ByName(columns);
        PlanCheck check = new(plan, columns.Where(column => column.Kind != 'm').ToList(), _ => true, writes: true);
        check.Demand(plan.File, options.AllowUndecided);

        List<(CatalogColumn Column, MaskingRule Rule)> masked = columns
            .Where(column => column.Kind is 'r' or 'f')
            .Select(column => (column, plan.Of(column, byName)?.Rule!)).Where(entry => entry.Item2 is not null).ToList();
        List<string> problems = masked.SelectMany(entry => TrustedFunctions.Problems(database, entry.Rule, needTrust: false)).Distinct().ToList();
        problems.AddRange(masked.Where(entry => entry.Column.Kind == 'f').Select(entry => $"{entry.Column.Name} is on a foreign table: the values are another server's"));
        if (problems.Count > 0) throw new MaskingException("PlanUnfit", plan.File, $"The plan {plan.File} cannot be run here: {PlanCheck.Listed(problems)}.", "Correct the rules; nothing was changed.");
        if (masked.Count == 0) throw new MaskingException("NothingToMask", plan.File, $"The plan {plan.File} names no sensitive column that is in the database '{database.Name}'.", "Is it the plan of this database?");

        List<StaticMaskingTable> tables = masked.GroupBy(entry => (entry.Column.Name.Schema, entry.Column.Name.Table)).Select(group => new StaticMaskingTable(group.ToList())).ToList();
        DemandNoTriggers(database, tables, options);
        List<string> remarks = check.Remarks.Concat(columns
            .Where(column => column.Kind == 'r' && plan.Of(column, byName) is null).Select(column => $"NOT MASKED: {column.Name}, of which the plan says nothing")).ToList();
        List<string> copies = database.Query(Copies, row => SqlName.Quote(row.GetString(0), row.GetString(1)), ("relations", masked.Select(entry => entry.Column.Relation).Distinct().ToArray()));
        return new StaticMaskingPlan(tables, copies, remarks, options);
    }

    /// <summary>Masks, counts, and keeps all of it or nothing.</summary>
    /// <param name="database">The session.</param>
    /// <param name="plan">What is to be masked.</param>
    /// <param name="beforeCommit">Told of the changes right before they are kept.</param>
    /// <exception cref="MaskingException">Values stayed the same, rows are hidden from this role, or the run is refused.</exception>
    /// <exception cref="DatabaseException">The server refuses a statement; nothing was changed.</exception>
    public static IReadOnlyList<MaskingChange> Run(MaskingDatabase database, StaticMaskingPlan plan, Action<MaskingCommit>? beforeCommit = null)
    {
        List<MaskingChange> changes = database.Change(Make, done => done, beforeCommit);
        foreach (StaticMaskingTable table in plan.Tables) database.Execute($"{(plan.Options.Vacuum ? "vacuum (full, analyze)" : "analyze")} {table.Quoted}");
        return changes;

        List<MaskingChange> Make()
        {
            database.Execute("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local row_security = off");
            List<MaskingChange> done = plan.Tables.Select(table => Mask(database, table, plan)).ToList();
            List<string> equal = plan.Tables.SelectMany(table => table.Equal).ToList();
            if (equal.Count > 0 && !plan.Options.AllowEqual)
                throw new MaskingException("ValuesNotMasked", database.Name, $"Values stayed as they were: {PlanCheck.Listed(equal)}. Nothing was kept.", "Choose rules that change every value; -AllowEqual keeps a run in which plausible values fell on the original by chance.");
            foreach (string copy in plan.Copies) database.Write($"refresh materialized view {copy}");
            return done;
        }
    }

    private static MaskingChange Mask(MaskingDatabase database, StaticMaskingTable table, StaticMaskingPlan plan)
    {
        int width = table.Columns.Count;
        long[] counts = database.Query(table.Statement, row => Enumerable.Range(0, width + 1).Select(row.GetInt64).ToArray()).Single();
        database.Written(table.Statement);
        table.Counted(counts);
        return new MaskingChange
        {
            Server = database.Target.Host,
            Database = database.Name,
            Kind = "StaticMask",
            Target = table.ToString(),
            Status = "Changed",
            After = string.Join("; ", table.Columns.Select(entry => $"{entry.Column.Name.Column}: {entry.Rule.Text}")),
            Proof = counts[0] == 0 ? MaskProof.Unknown : counts.Skip(1).All(count => count == 0) ? MaskProof.Masked : MaskProof.Partly,
            RowsChecked = counts[0],
            RowsEqual = counts.Skip(1).Sum(),
            Remarks = plan.RemarksOn(table).Concat(table.Equal.Select(text => $"NOT MASKED: {text}")).Concat(StaticMaskingPlan.Elsewhere).ToList(),
        };
    }

    private static void DemandNoTriggers(MaskingDatabase database, List<StaticMaskingTable> tables, StaticMaskingOptions options)
    {
        if (options.AllowTrigger) return;
        HashSet<string> names = new(tables.Select(table => table.Quoted), StringComparer.Ordinal);
        List<string> found = database.Query(Triggers, row => (Table: SqlName.Quote(row.GetString(0), row.GetString(1)), Text: $"{row.GetString(0)}.{row.GetString(1)}: {row.GetString(2)}"))
            .Where(entry => names.Contains(entry.Table)).Select(entry => entry.Text).ToList();
        if (found.Count > 0)
            throw new MaskingException("TriggersFire", database.Name, $"An update would fire triggers or rules, which may copy original values elsewhere: {PlanCheck.Listed(found)}.", "Read them, disable those that keep old values, or say -AllowTrigger.");
    }
}
