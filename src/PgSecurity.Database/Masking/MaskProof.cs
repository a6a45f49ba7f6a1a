using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// Whether a column is masked, proved by reading it on the server: rows whose value is still an original one are counted
/// there, and only the count leaves. NULL values are not counted, since they hold nothing.
/// </summary>
internal sealed class MaskProof
{
    public const string Masked = "Masked";
    public const string Partly = "Partly";
    public const string NotMasked = "NotMasked";
    public const string Unknown = "Unknown";

    private MaskProof(string column, long rows, long equal, string verdict, params string[] remarks)
    {
        Column = column;
        Rows = rows;
        Equal = equal;
        Verdict = verdict;
        Remarks = remarks;
    }

    public string Column { get; }

    /// <summary>Rows with a value in the column.</summary>
    public long Rows { get; }

    /// <summary>Of these, rows that give an original value.</summary>
    public long Equal { get; }

    public string Verdict { get; }

    public IReadOnlyList<string> Remarks { get; }

    /// <summary>Whether it was read, and held no value at all.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>A proof from counts.</summary>
    public static MaskProof Of(string column, long rows, long equal) =>
        rows == 0 ? new MaskProof(column, 0, 0, Unknown, $"{column}: there is no row with a value, so nothing is proved") { IsEmpty = true }
        : equal == 0 ? new MaskProof(column, rows, 0, Masked)
        : equal >= rows ? new MaskProof(column, rows, equal, NotMasked, $"NOT MASKED: {column} gives an original value in all {rows} rows")
        : new MaskProof(column, rows, equal, Partly, $"{column}: {equal} of {rows} rows give a value that is also an original one (by chance, where the rule gives plausible values; or because the rule leaves some as they are)");

    /// <summary>No proof, and why.</summary>
    public static MaskProof Undone(string column, string why) => new(column, 0, 0, Unknown, $"{column}: not proved: {why}");

    /// <summary>Proves a column of a masking view against its table. The originals are kept as hashes in a temporary table of this transaction.</summary>
    public static MaskProof OfView(MaskingDatabase database, MaskingViewPlan plan, string column)
    {
        string name = SqlName.Quote(column);
        database.Execute("set local row_security = off");
        return Counted(database, column, $"select {name} from {plan.QuotedTable}", $"select {name} from {plan.QuotedView}");
    }

    /// <summary>Compares what two queries of one column give, as sets: how many rows of the second give a value of the first.</summary>
    public static MaskProof Counted(MaskingDatabase database, string column, string original, string seen)
    {
        Keep(database, original);
        MaskProof proof = Compare(database, column, seen);
        database.Execute("drop table pg_temp.masking_originals");
        return proof;
    }

    /// <summary>Keeps hashes of the originals, readable in this transaction by whatever role it takes on.</summary>
    public static void Keep(MaskingDatabase database, string original)
    {
        database.Execute($"create temporary table masking_originals on commit drop as select distinct sha256(convert_to(v::text, 'UTF8')) as h from ({original}) o(v) where v is not null");
        database.Execute("grant select on pg_temp.masking_originals to public");
    }

    public static MaskProof Compare(MaskingDatabase database, string column, string seen)
    {
        (long rows, long equal) = database.Query(
            $"select count(*), count(*) filter (where sha256(convert_to(v::text, 'UTF8')) in (select h from pg_temp.masking_originals)) from ({seen}) s(v) where v is not null",
            row => (row.GetInt64(0), row.GetInt64(1))).Single();
        return Of(column, rows, equal);
    }

    /// <summary>The weakest of several verdicts; nothing where there is none.</summary>
    public static string Weakest(IEnumerable<MaskProof> proofs)
    {
        string[] order = { NotMasked, Partly, Unknown, Masked };
        HashSet<string> verdicts = new(proofs.Select(proof => proof.Verdict), StringComparer.Ordinal);
        return order.FirstOrDefault(verdicts.Contains) ?? "";
    }
}
