using System;
using System.Collections.Generic;
using System.Data;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using Npgsql;

namespace PgSecurity.Database.Masking;

/// <summary>
/// A session for masking: TLS with the host name verified, names resolved in <c>pg_catalog</c> alone, statements and locks
/// with a time limit, no pool. Writes happen only inside <see cref="InTransaction"/>.
/// </summary>
public sealed class MaskingDatabase : IDisposable
{
    private const int CatalogTimeoutSeconds = 60;
    private readonly NpgsqlConnection _connection;
    private readonly CancellationToken _stop;

    private MaskingDatabase(NpgsqlConnection connection, DatabaseAddress address, CancellationToken stop)
    {
        _connection = connection;
        _stop = stop;
        Address = address;
    }

    /// <summary>Where it is.</summary>
    public DatabaseAddress Address { get; }

    internal int MajorVersion => _connection.PostgreSqlVersion.Major;

    /// <summary>Opens a session.</summary>
    /// <exception cref="MaskingException">The server cannot be reached, is not trusted, or refuses the role.</exception>
    public static MaskingDatabase Open(DatabaseAddress address, CancellationToken stop = default)
    {
        NpgsqlConnectionStringBuilder text = new()
        {
            Host = address.Host,
            Port = address.Port,
            Database = address.Database,
            Username = address.UserName,
            Password = address.Password,
            SslMode = SslMode.VerifyFull,
            SearchPath = "pg_catalog",
            Options = "-c lock_timeout=5000 -c default_transaction_isolation=read\\ committed",
            Pooling = false,
            Timeout = 15,
            CommandTimeout = CatalogTimeoutSeconds,
            IncludeErrorDetail = false,
            PersistSecurityInfo = false,
            ApplicationName = "PgSecurity",
        };
        if (address.RootCertificate is { } roots) text.RootCertificate = roots;

        NpgsqlConnection connection = new(text.ConnectionString);
        try
        {
            connection.Open();
            return new MaskingDatabase(connection, address, stop);
        }
        catch (Exception cause) when (cause is NpgsqlException or SocketException or TimeoutException or IOException)
        {
            connection.Dispose();
            throw Unreachable(address, cause);
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

    /// <summary>Does something in one transaction, which is kept only if it ends well and <paramref name="keep"/> is true.</summary>
    internal T InTransaction<T>(bool keep, Func<T> work)
    {
        using NpgsqlTransaction transaction = _connection.BeginTransaction();
        T result = work();
        if (keep) transaction.Commit();
        else transaction.Rollback();
        return result;
    }

    /// <summary>A save point inside a transaction: what fails inside does not end the transaction.</summary>
    internal bool Try(string savepoint, Action work, out PostgresException? refused)
    {
        string name = Sql.SqlName.Quote(savepoint);
        Execute($"savepoint {name}");
        try
        {
            work();
            refused = null;
            return true;
        }
        catch (PostgresException cause)
        {
            Execute($"rollback to savepoint {name}");
            refused = cause;
            return false;
        }
        finally
        {
            Execute($"release savepoint {name}");
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
        catch (Exception cause) when (_stop.IsCancellationRequested && cause is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled })
        {
            throw new OperationCanceledException(_stop);
        }
    }

    private static MaskingException Unreachable(DatabaseAddress address, Exception cause)
    {
        string where = $"{address.Host}:{address.Port}/{address.Database}";
        return cause is PostgresException refused
            ? new MaskingException("DatabaseRefused", where, $"{where} refuses the role '{address.UserName}': {refused.MessageText} ({refused.SqlState}).", "Check user name, password or token, and that the role may CONNECT to the database. For Entra the user name is the role's name in the server and the password is an access token.", cause)
            : new MaskingException("DatabaseUnreachable", where, $"{where} cannot be reached over TLS: {(cause.InnerException ?? cause).Message.TrimEnd('.')}.", "Check name, port and firewall, and -RootCertificate where the server's root is not in the system's store. Test-PgTlsConnection tells which part of TLS fails.", cause);
    }
}
