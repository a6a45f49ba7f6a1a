using System;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Linq;
using System.Threading;
using Npgsql;
using PgSecurity.Database.Sql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// A session for masking: TLS with the host name verified, names resolved in <c>pg_catalog</c> alone, statements and locks
/// with a time limit, no pool. Writes happen only inside <see cref="InTransaction"/>.
/// </summary>
public sealed class MaskingDatabase : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly CancellationToken _stop;
    private readonly List<string> _written = new();

    private MaskingDatabase(NpgsqlConnection connection, DatabaseTarget target, string database, CancellationToken stop)
    {
        _connection = connection;
        _stop = stop;
        Target = target;
        Name = database;
    }

    /// <summary>The server, and who logs in to it.</summary>
    public DatabaseTarget Target { get; }

    /// <summary>The database.</summary>
    public string Name { get; }

    internal int MajorVersion => _connection.PostgreSqlVersion.Major;

    /// <summary>Opens a session.</summary>
    /// <exception cref="DatabaseException">The server cannot be reached, is not trusted, or refuses the login.</exception>
    public static MaskingDatabase Open(DatabaseTarget target, string database, SessionAccess access, CancellationToken stop = default)
    {
        if (target.RootCertificates is { } roots && !File.Exists(roots)) throw DatabaseErrors.MissingRoots(target);
        string password = target.Password(stop).GetAwaiter().GetResult();
        NpgsqlConnection connection = new(DatabaseSession.ConnectionString(target, database, access, password));
        try
        {
            connection.Open();
            return new MaskingDatabase(connection, target, database, stop);
        }
        catch (Exception cause)
        {
            connection.Dispose();
            if (DatabaseErrors.Explains(cause)) throw DatabaseErrors.Of(cause, target, database);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>Reads rows. Values go by parameter (<c>@name</c>), names by <see cref="Sql.SqlName"/>.</summary>
    internal List<T> Query<T>(string sql, Func<IDataRecord, T> row, params (string Name, object Value)[] values) =>
        Run(sql, values, command =>
        {
            List<T> rows = new();
            using NpgsqlDataReader reader = command.ExecuteReader();
            while (reader.Read()) rows.Add(row(reader));
            return rows;
        });

    /// <summary>Reads one value; null for NULL and for no row.</summary>
    internal T? Scalar<T>(string sql, params (string Name, object Value)[] values)
        where T : struct =>
        Run(sql, values, command => command.ExecuteScalar() is T value ? value : (T?)null);

    /// <summary>Reads one text; null for NULL and for no row.</summary>
    internal string? Text(string sql, params (string Name, object Value)[] values) =>
        Run(sql, values, command => command.ExecuteScalar() as string);

    /// <summary>Runs a statement that takes as long as it takes, such as one over all rows of a table.</summary>
    internal void Execute(string sql) => Run(sql, Array.Empty<(string, object)>(), command =>
    {
        command.CommandTimeout = 0;
        return command.ExecuteNonQuery();
    });

    /// <summary>Runs a statement that changes something which lasts.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="shown">The statement as a journal may have it, where a password stands in it.</param>
    internal void Write(string sql, string? shown = null)
    {
        Execute(sql);
        _written.Add(shown ?? sql);
    }

    /// <summary>Notes a statement that a query ran.</summary>
    internal void Written(string sql) => _written.Add(sql);

    /// <summary>
    /// Makes changes in one transaction. Right before it is kept, whoever wants to know is told what it changes; one who
    /// throws takes it back.
    /// </summary>
    internal T Change<T>(Func<T> work, Func<T, IReadOnlyList<MaskingChange>> changes, Action<MaskingCommit>? beforeCommit) => InTransaction(keep: true, () =>
    {
        _written.Clear();
        T result = work();
        if (beforeCommit is not null && _written.Count > 0)
        {
            beforeCommit(new MaskingCommit(changes(result), _written.ToArray(), Text("select pg_current_xact_id()::text")!));
        }

        return result;
    });

    /// <summary>Does something in one transaction, which is kept only if it ends well and <paramref name="keep"/> is true.</summary>
    internal T InTransaction<T>(bool keep, Func<T> work)
    {
        Execute("begin");
        try
        {
            T result = work();
            Execute(keep ? "commit" : "rollback");
            return result;
        }
        catch
        {
            if (_connection.State == ConnectionState.Open) Abandon();
            throw;
        }
    }

    /// <summary>A save point inside a transaction: what fails inside is taken back and does not end the transaction.</summary>
    /// <returns>The server's refusal; null where it went well.</returns>
    internal DatabaseException? Attempt(Action work)
    {
        Execute("savepoint attempt");
        try
        {
            work();
            Execute("release savepoint attempt");
            return null;
        }
        catch (TakeBackException)
        {
            Execute("rollback to savepoint attempt; release savepoint attempt");
            return null;
        }
        catch (DatabaseException refused)
        {
            Execute("rollback to savepoint attempt; release savepoint attempt");
            return refused;
        }
    }

    private void Abandon()
    {
        try
        {
            using NpgsqlCommand command = new("rollback", _connection);
            command.ExecuteNonQuery();
        }
        catch (Exception cause) when (DatabaseErrors.Explains(cause))
        {
            // The session has ended, and with it the transaction; what ended it is being thrown.
        }
    }

    private T Run<T>(string sql, (string Name, object Value)[] values, Func<NpgsqlCommand, T> use)
    {
        _stop.ThrowIfCancellationRequested();
        using NpgsqlCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in values) command.Parameters.AddWithValue(name, value);
        using CancellationTokenRegistration cancel = _stop.Register(command.Cancel);
        try
        {
            return use(command);
        }
        catch (Exception cause) when (DatabaseErrors.Explains(cause))
        {
            if (_stop.IsCancellationRequested) throw new OperationCanceledException(_stop);
            throw WithoutValues(cause) ?? DatabaseErrors.Of(cause, Target, Name);
        }
    }

    /// <summary>
    /// What the server says of bad data (classes 22 and 23) may repeat a value of a row: only its code and the names of
    /// table, column and constraint are passed on.
    /// </summary>
    private DatabaseException? WithoutValues(Exception cause)
    {
        PostgresException? refused = cause as PostgresException ?? cause.InnerException as PostgresException;
        if (refused is null || !(refused.SqlState.StartsWith("22", StringComparison.Ordinal) || refused.SqlState.StartsWith("23", StringComparison.Ordinal))) return null;
        string kind = refused.SqlState[1] == '3' ? "a constraint is violated" : "a value does not fit its type";
        string where = string.Join(" ", new[] { refused.SchemaName, refused.TableName, refused.ColumnName, refused.ConstraintName }.Where(part => !string.IsNullOrEmpty(part)));
        return new DatabaseException(
            DatabaseFailure.Statement,
            $"{Target} (database {Name}): {refused.SqlState}: {kind}{(where.Length > 0 ? $" ({where})" : "")}. The server's own words are left out, since they may repeat a value.",
            "Choose a rule whose values fit the column and its constraints.",
            refused.SqlState);
    }
}
