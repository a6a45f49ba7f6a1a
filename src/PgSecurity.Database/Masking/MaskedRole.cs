using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>Dynamic masking of a role: its label, ways round it, and the proof that it masks, by reading as that role in a transaction that is taken back.</summary>
public static class MaskedRole
{
    private const string State = $"""
        select r.rolsuper, r.rolbypassrls,
          (select l.label from pg_shseclabel l where l.classoid = 'pg_authid'::regclass and l.objoid = r.oid and l.provider = 'anon'),
          {TransparentMasking.EffectiveFor},
          (select string_agg(pg_get_userbyid(m.member)::text, ', ' order by 1) from pg_auth_members m where m.roleid = r.oid
             and not exists (select 1 from pg_shseclabel l where l.objoid = m.member and l.provider = 'anon' and l.label ~* '^\s*MASKED')),
          (select string_agg(pg_get_userbyid(m.roleid)::text, ', ' order by 1) from pg_auth_members m where m.member = r.oid),
          (select count(*) from pg_class c where c.relowner = r.oid and c.relkind in ('r', 'p', 'f', 'm', 'v')),
          (select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p', 'f') and {ColumnCatalog.IsUserRelation}
             and has_schema_privilege(r.oid, n.oid, 'USAGE') and has_table_privilege(r.oid, c.oid, 'INSERT,UPDATE,DELETE'))
        from pg_roles r where r.rolname = @role
        """;

    /// <summary>What is known of a role before it is masked.</summary>
    /// <exception cref="MaskingException">There is no such role, or it can never be masked.</exception>
    public static MaskedRoleState Read(MaskingDatabase database, string role)
    {
        MaskedRoleState? state = database.Query(
            State,
            row => new MaskedRoleState(
                role, row.GetBoolean(0), row.GetBoolean(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetBoolean(3),
                row.IsDBNull(4) ? "" : row.GetString(4), row.IsDBNull(5) ? "" : row.GetString(5), row.GetInt64(6), row.GetInt64(7)),
            ("role", role)).FirstOrDefault();
        if (state is null) throw new MaskingException("RoleNotFound", role, $"There is no role '{role}'.", "Write it as the catalog has it, with its capitals.");
        if (state.IsSuperuser) throw new MaskingException("RoleNotMaskable", role, $"'{role}' is a superuser, which no mask binds.", "Mask a role without that attribute.");
        return state;
    }

    /// <summary>Labels the role, or takes its label; then proves what it reads.</summary>
    /// <param name="database">The session, of a role that may set labels and SET ROLE to the masked one.</param>
    /// <param name="state">What was read before.</param>
    /// <param name="mask">Whether it should be masked.</param>
    /// <param name="setTransparent">Whether transparent masking is turned on for the role, where the server lets it.</param>
    /// <param name="beforeCommit">Told of the change right before it is kept.</param>
    /// <exception cref="MaskingException">Labels cannot be set.</exception>
    public static MaskingChange Apply(MaskingDatabase database, MaskedRoleState state, bool mask, bool setTransparent, Action<MaskingCommit>? beforeCommit = null)
    {
        AnonExtension anon = AnonExtension.Read(database);
        anon.Demand(database);
        return database.Change(Change, result => new[] { result }, beforeCommit);

        MaskingChange Change()
        {
            List<string> remarks = new();
            List<string> undo = new();
            string? after = mask ? "MASKED" : null;
            if (state.IsMasked != mask)
            {
                database.Write(state.LabelStatement(after));
                undo.Add(state.LabelStatement(state.Label));
            }

            if (mask && setTransparent && !state.IsTransparent) TurnOn(database, state, remarks, undo);
            MaskedRoleState now = Read(database, state.Role);
            IReadOnlyList<MaskProof> proofs = mask ? Prove(database, now, RuledColumns(database)) : Array.Empty<MaskProof>();
            if (mask && !now.IsTransparent) remarks.AddRange(anon.Prevents());
            return new MaskingChange
            {
                Server = database.Target.Host,
                Database = database.Name,
                Kind = "MaskedRole",
                Target = state.Role,
                Status = now.IsMasked != mask ? "Failed" : undo.Count > 0 ? "Changed" : "AlreadyCompliant",
                Before = state.Label ?? "",
                After = now.Label ?? "",
                Proof = mask ? Verdict(proofs) : "",
                RowsChecked = proofs.Count == 0 ? null : proofs.Sum(proof => proof.Rows),
                RowsEqual = proofs.Count == 0 ? null : proofs.Sum(proof => proof.Equal),
                Remarks = remarks.Concat(mask ? now.WaysRound() : Array.Empty<string>()).Concat(proofs.SelectMany(proof => proof.Remarks)).ToList(),
                UndoSql = Enumerable.Reverse(undo).ToList(),
            };
        }
    }

    internal static IReadOnlyList<CatalogColumn> RuledColumns(MaskingDatabase database) => ColumnCatalog.Read(database).Where(column => column.HasRule).ToList();

    /// <summary>
    /// Reads columns as the role, with the settings that it has when it logs in, and counts on the server how many rows give
    /// an original value. Everything is taken back; what could not be read proves nothing.
    /// </summary>
    internal static IReadOnlyList<MaskProof> Prove(MaskingDatabase database, MaskedRoleState state, IReadOnlyList<CatalogColumn> columns) =>
        columns.Select(column => Prove(database, state, column)).ToList();

    private static MaskProof Prove(MaskingDatabase database, MaskedRoleState state, CatalogColumn column)
    {
        string name = column.Name.ToString();
        if (!CanRead(database, state.Role, column)) return MaskProof.Undone(name, $"'{state.Role}' may not read it at all");
        MaskProof? proof = null;
        string query = $"select {SqlName.Quote(column.Name.Column)} from {column.Name.QuotedTable}";
        DatabaseException? refused = database.Attempt(() =>
        {
            MaskProof.Keep(database, query);
            if (database.Scalar<bool>("select current_setting('anon.transparent_dynamic_masking', true) is not null") == true)
                database.Execute($"set local {TransparentMasking.Setting} = {(state.IsTransparent ? "on" : "off")}");
            database.Execute($"set local role {SqlName.Quote(state.Role)}");
            proof = MaskProof.Compare(database, name, query);
            throw new TakeBackException();
        });
        return proof ?? MaskProof.Undone(name, refused?.Message ?? "nothing was read");
    }

    private static bool CanRead(MaskingDatabase database, string role, CatalogColumn column) =>
        database.Scalar<bool>(
            "select has_column_privilege(r.oid, @relation::oid, @number::int2, 'SELECT') and has_schema_privilege(r.oid, (select relnamespace from pg_class where oid = @relation::oid), 'USAGE') from pg_roles r where r.rolname = @role",
            ("relation", column.Relation), ("number", column.Number), ("role", role)) == true;

    private static void TurnOn(MaskingDatabase database, MaskedRoleState state, List<string> remarks, List<string> undo)
    {
        string role = SqlName.Quote(state.Role);
        DatabaseException? refused = database.Attempt(() => database.Write($"alter role {role} in database {SqlName.Quote(database.Name)} set {TransparentMasking.Setting} = true"));
        if (refused is null) undo.Add($"alter role {role} in database {SqlName.Quote(database.Name)} reset {TransparentMasking.Setting}");
        else remarks.Add($"{TransparentMasking.Setting} could not be turned on for the role: {refused.Message}");
    }

    /// <summary>Masked only where every column that the role can read was proved; without any, nothing is proved.</summary>
    private static string Verdict(IReadOnlyList<MaskProof> proofs) => proofs.Count == 0 ? MaskProof.Unknown : MaskProof.Weakest(proofs);
}
